const HUES = 8;

/** Shows the first letter of a name on a colour that depends on the id of the user or conversation. */
export function paintAvatar(element, name, id = name) {
  element.textContent = Array.from(String(name ?? "").trim())[0]?.toUpperCase() ?? "?";
  paintHue(element, id);
}

export function paintHue(element, name) {
  [...element.classList].filter((known) => known.startsWith("hue-")).forEach((known) => element.classList.remove(known));
  element.classList.add(`hue-${hueOf(name)}`);
}

function hueOf(name) {
  return Array.from(String(name ?? "")).reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 9_973, 7) % HUES;
}
