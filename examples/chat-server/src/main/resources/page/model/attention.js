import { createEmitter } from "./emitter.js";

/** Tracks whether the page is visible and has the focus. Event: "change". */
export function createAttention() {
  const events = createEmitter();
  const emit = () => events.emit("change");
  const sources = [
    [document, "visibilitychange"],
    [window, "focus"],
    [window, "blur"],
  ];
  sources.forEach(([target, name]) => target.addEventListener(name, emit));

  return {
    on: events.on,
    isVisible: () => document.visibilityState === "visible",
    isActive: () => document.visibilityState === "visible" && document.hasFocus(),
    close: () => sources.forEach(([target, name]) => target.removeEventListener(name, emit)),
  };
}
