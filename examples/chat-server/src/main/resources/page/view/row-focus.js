import { listen } from "./dom.js";

const stops = new WeakMap();

/** Makes the buttons of one message reachable with the Tab key: the focused message, or else the newest. */
export function giveTabStop(list) {
  const stop = focusedRow(list) ?? newestRow(list);
  const before = stops.get(list);
  stops.set(list, stop);
  if (before && before !== stop) setTabIndexes(before, -1);
  if (stop) setTabIndexes(stop, 0);
}

const ACTION = ".more:not([hidden]), .call-back:not([hidden])";

const hasActions = (row) => row.classList.contains("message") && row.querySelector(ACTION) !== null;

function focusedRow(list) {
  const row = list.contains(document.activeElement) ? document.activeElement.closest(".message") : null;
  return row && hasActions(row) ? row : null;
}

/** Looks from the end, because the list is long. */
function newestRow(list) {
  let row = list.lastElementChild;
  while (row && !hasActions(row)) row = row.previousElementSibling;
  return row;
}

/** Sets the index only if it differs, because setting it causes a layout. */
function setTabIndexes(row, index) {
  for (const made of row.querySelectorAll("button")) if (made.tabIndex !== index) made.tabIndex = index;
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
  next?.querySelector(ACTION).focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

const rowsOf = (list) => [...list.querySelectorAll(".message")].filter(hasActions);
