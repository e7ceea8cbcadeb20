import { readStored } from "./stored.js";

/*
 * Stores the user of this tab in the session storage, so that two tabs can have different users. The open conversation is in
 * the address, so that it can be shared.
 */

const KEY = "roomcast.place";

export function savedTab() {
  const own = readStored(sessionStorage, KEY, {});
  return { ...own, room: roomInAddress() };
}

export function saveTab({ name, token, inside = true }) {
  sessionStorage.setItem(KEY, JSON.stringify({ name, token, inside }));
}

/** Puts the conversation into the address and the browser's history. */
export function setAddress(conversationId) {
  if (roomInAddress() === conversationId) return;
  history.pushState(null, "", conversationId ? `#${encodeURIComponent(conversationId)}` : location.pathname);
}

export function roomInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)).trim();
  } catch {
    return "";
  }
}

/** Returns the user id in a JSON Web Token, or null. Does not verify the token; the server does. */
export function subjectOf(token) {
  try {
    const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)).sub ?? null;
  } catch {
    return null;
  }
}
