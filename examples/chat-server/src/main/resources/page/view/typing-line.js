import { apart, byId } from "./dom.js";
import { listOf } from "./names.js";

/** Shows who is typing, such as "bob is typing…". */
export function showTyping(room) {
  const line = byId("typing");
  let shown = "";

  function show(names = room.typists()) {
    if (shown === names.join()) return;
    shown = names.join();
    line.replaceChildren(...wordsFor(names));
    line.classList.toggle("busy", names.length > 0);
  }

  const end = room.on("state", () => show());
  return () => {
    end();
    show([]);
  };
}

function wordsFor(names) {
  if (names.length === 0) return [];
  return [apart(listOf(names)), ` ${names.length === 1 ? "is" : "are"} typing…`];
}
