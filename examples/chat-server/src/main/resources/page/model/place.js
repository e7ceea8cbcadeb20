import { readStored } from "./stored.js";

/*
 * Who is where. The conversation is in the address, to be shared; the rest belongs to this tab, so that two tabs can be
 * two people.
 */

const KEY = "roomcast.place";

export function rememberedPlace() {
  const own = readStored(sessionStorage, KEY, {});
  return { ...own, room: placeInAddress() };
}

export function rememberPlace({ name, token, inside = true }) {
  sessionStorage.setItem(KEY, JSON.stringify({ name, token, inside }));
}

/** Puts the conversation into the address; the browser's own way back leads to the one before. */
export function showInAddress(conversationId) {
  if (placeInAddress() === conversationId) return;
  history.pushState(null, "", conversationId ? `#${encodeURIComponent(conversationId)}` : location.pathname);
}

export function placeInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)).trim();
  } catch {
    return "";
  }
}

/** The user that a JSON Web Token names; the server checks it, this only reads it. */
export function subjectOf(token) {
  try {
    const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)).sub ?? null;
  } catch {
    return null;
  }
}
