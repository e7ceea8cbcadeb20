/** Who is where. The room is in the address, to be shared; the rest belongs to this tab, so that two tabs can be two people. */

const KEY = "roomcast.place";

export function rememberedPlace() {
  const own = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  return { ...own, room: roomInAddress() ?? own.room ?? "" };
}

export function rememberPlace({ name, room, token, inside = true }) {
  sessionStorage.setItem(KEY, JSON.stringify({ name, room, token, inside }));
  history.replaceState(null, "", `#${encodeURIComponent(room)}`);
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

function roomInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)).trim() || null;
  } catch {
    return null;
  }
}
