import { byId } from "./dom.js";

/** "bob is typing…" */
export function showTyping(chat) {
  const line = byId("typing");
  const end = chat.on("typing", (names) => {
    line.textContent = textFor(names);
    line.classList.toggle("busy", names.length > 0);
  });
  return () => {
    end();
    line.textContent = "";
    line.classList.remove("busy");
  };
}

function textFor(names) {
  if (names.length === 0) return "";
  if (names.length === 1) return `${names[0]} is typing…`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing…`;
  return `${names[0]}, ${names[1]} and ${others(names.length - 2)} are typing…`;
}

const others = (count) => (count === 1 ? "one other" : `${count} others`);
