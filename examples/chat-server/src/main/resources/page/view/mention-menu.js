import { EVERYBODY, matching, mentionedIn, wordAt } from "../model/mentions.js";
import { announce } from "./announcer.js";
import { byId, element, listen } from "./dom.js";

/** Offers the people of a room while the user writes an @ and the beginning of a name. */
export function createMentionMenu(room, field, onChange) {
  const list = byId("mentions");
  let found = [];
  let place = null;
  let chosen = 0;

  function people() {
    const others = room.people().filter((userId) => userId !== room.user);
    const all = others.map((userId) => ({ userId, name: room.nameOf(userId) }));
    return room.may("mention_all") ? [...all, { userId: EVERYBODY, name: "all" }] : all;
  }

  function show() {
    place = wordAt(field.value, field.selectionStart);
    const before = found.length;
    found = place ? matching(people(), place.word) : [];
    chosen = 0;
    draw();
    if (found.length > 0 && before === 0) announce(`${found.length} ${found.length === 1 ? "person" : "people"} to mention. Use the arrow keys.`);
  }

  function draw() {
    list.hidden = found.length === 0;
    list.replaceChildren(...found.map(optionOf));
    if (found.length === 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `mention-${chosen}`);
  }

  function optionOf({ userId, name }, i) {
    const option = element("li", "mention-option", name === userId || userId === EVERYBODY ? name : `${name} (${userId})`);
    option.id = `mention-${i}`;
    option.role = "option";
    option.ariaSelected = String(i === chosen);
    option.dir = "auto";
    // Keeps the focus in the field.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(i));
    return option;
  }

  function choose(i) {
    const { value, selectionStart } = field;
    const words = `@${found[i].name} `;
    const caret = place.begin + words.length;
    onChange(value.slice(0, place.begin) + words + value.slice(selectionStart));
    field.setSelectionRange(caret, caret);
    hide();
  }

  function hide() {
    found = [];
    draw();
  }

  /** Handles a key while people are offered. Returns whether it did. */
  function key(event) {
    if (found.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = (chosen + step + found.length) % found.length;
      draw();
    } else if (event.key === "Enter" || event.key === "Tab") choose(chosen);
    else if (event.key === "Escape") hide();
    else return false;
    event.preventDefault();
    return true;
  }

  const ends = [listen(field, "blur", hide), listen(field, "click", show), hide];
  return {
    show,
    key,
    mentionedIn: (text) => mentionedIn(text, people()),
    close: () => ends.forEach((end) => end()),
  };
}
