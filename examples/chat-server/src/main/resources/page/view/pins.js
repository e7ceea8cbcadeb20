import { lineOf } from "../model/file-facts.js";
import { apart, arrange, button, byId, element, listen, refill } from "./dom.js";

const LENGTH = 200;

/** Shows the latest pinned message below the header, and all of them in a dialog. */
export function showPins(room, goTo) {
  const bar = byId("pinned");
  const dialog = byId("pins-dialog");
  const rows = new Map();

  function show() {
    const pins = room.pins();
    bar.hidden = pins.length === 0;
    if (pins.length === 0) return dialog.close();
    byId("pinned-count").textContent = pins.length === 1 ? "Pinned" : `${pins.length} pinned`;
    refill(byId("pinned-words"), [wordsOf(pins[0])]);
    if (dialog.open) arrange(byId("pins-list"), pins.map(rowOf));
  }

  function rowOf(message) {
    if (!rows.has(message.id)) rows.set(message.id, newRow(message.id));
    const row = rows.get(message.id);
    const [words, unpin] = row.children;
    refill(words, [apart(room.nameOf(message.senderId)), ": ", apart(wordsOf(message))]);
    unpin.hidden = !room.may("pin");
    unpin.ariaLabel = `Unpin ${wordsOf(message)}`;
    return row;
  }

  function newRow(id) {
    const row = element("li", "pin");
    const goThere = () => {
      dialog.close();
      goTo(id);
    };
    row.append(button("pin-words", "", goThere), button("ghost", "Unpin", () => room.pin(id, false)));
    return row;
  }

  function open() {
    if (room.pins().length === 1) return goTo(room.pins()[0].id);
    dialog.showModal();
    show();
  }

  const ends = [
    room.on("state", show),
    listen(bar, "click", open),
    listen(dialog.querySelector(".cancel"), "click", () => dialog.close()),
    () => dialog.close(),
  ];
  show();
  return () => {
    ends.forEach((end) => end());
    bar.hidden = true;
    byId("pins-list").replaceChildren();
  };
}

const wordsOf = (message) => lineOf(message).slice(0, LENGTH);
