import { apart, byId } from "./dom.js";
import { listOf } from "./names.js";

/** Shows who is typing, such as "bob is typing…". */
export function showTyping(room) {
  const line = byId("typing");
  let shown = "";

  function show(names = room.typists().map(room.nameOf), count = room.typistCount()) {
    const next = `${count} ${names.join()}`;
    if (shown === next) return;
    shown = next;
    line.replaceChildren(...wordsFor(names, count));
    line.classList.toggle("busy", count > 0);
  }

  const end = room.on("state", () => show());
  return () => {
    end();
    show([], 0);
  };
}

function wordsFor(names, count) {
  if (count === 0) return [];
  if (names.length === 0) return [count === 1 ? "Somebody is typing…" : `${count} people are typing…`];
  return [apart(listOf(names)), ` ${names.length === 1 ? "is" : "are"} typing…`];
}
