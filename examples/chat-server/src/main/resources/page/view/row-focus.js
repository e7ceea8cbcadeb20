import { listen } from "./dom.js";

/** One message at a time is a stop for the Tab key, with all that it has to press: the one in focus, or else the newest. */
export function giveTabStop(list) {
  const rows = rowsOf(list);
  const stop = rows.find((row) => row.contains(document.activeElement)) ?? rows.at(-1);
  rows.forEach((row) => row.querySelectorAll("button").forEach((made) => setTabIndex(made, row === stop ? 0 : -1)));
}

/** Setting what is set already would cost a layout. */
function setTabIndex(made, index) {
  if (made.tabIndex !== index) made.tabIndex = index;
}

/** Arrows lead from a message to its neighbours. */
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
