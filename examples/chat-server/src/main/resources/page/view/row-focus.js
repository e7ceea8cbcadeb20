import { listen } from "./dom.js";

/** Makes the buttons of one message reachable with the Tab key: the focused message, or else the newest. */
export function giveTabStop(list) {
  const rows = rowsOf(list);
  const stop = rows.find((row) => row.contains(document.activeElement)) ?? rows.at(-1);
  rows.forEach((row) => row.querySelectorAll("button").forEach((made) => setTabIndex(made, row === stop ? 0 : -1)));
}

/** Sets the index only if it differs, because setting it causes a layout. */
function setTabIndex(made, index) {
  if (made.tabIndex !== index) made.tabIndex = index;
}

/** Moves the focus between messages with the arrow keys. */
export function followFocus(list) {
  return [listen(list, "focusin", () => giveTabStop(list)), listen(list, "keydown", (event) => move(event, list))];
}

function move(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const rows = rowsOf(list);
  const here = rows.findIndex((row) => row.contains(event.target));
  if (!step || here < 0) return;
  event.preventDefault();
  const next = rows[here + step];
  next?.querySelector(".more").focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

const rowsOf = (list) => [...list.querySelectorAll(".message:has(.more:not([hidden]))")];
