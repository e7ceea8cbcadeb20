import { byId } from "./dom.js";
import { listOf } from "./names.js";

/** "bob is typing…" */
export function showTyping(room) {
  const line = byId("typing");

  function show(names) {
    line.textContent = textFor(names);
    line.classList.toggle("busy", names.length > 0);
  }

  const end = room.on("typing", show);
  return () => {
    end();
    show([]);
  };
}

function textFor(names) {
  if (names.length === 0) return "";
  return `${listOf(names)} ${names.length === 1 ? "is" : "are"} typing…`;
}
