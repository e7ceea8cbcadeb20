import { createEmitter } from "./emitter.js";

/** Whether somebody sees the page, and whether they are at it. Event: "change". */
export function createAttention() {
  const events = createEmitter();
  const tell = () => events.emit("change");
  const sources = [
    [document, "visibilitychange"],
    [window, "focus"],
    [window, "blur"],
  ];
  sources.forEach(([target, name]) => target.addEventListener(name, tell));

  return {
    on: events.on,
    isVisible: () => document.visibilityState === "visible",
    isThere: () => document.visibilityState === "visible" && document.hasFocus(),
    close: () => sources.forEach(([target, name]) => target.removeEventListener(name, tell)),
  };
}
