import { endOf } from "../model/call-words.js";
import { byId, listen } from "./dom.js";

const SHOWN = 8_000;

/** Says how a call ended, and why one could not be begun. The reason stays until the user closes it. */
export function showCallNotes(session) {
  const { calls } = session;
  const note = byId("call-note");
  let ended = calls.state().ended;
  let timer = 0;
  let again = null;

  function say(text, withoutMicrophone = null) {
    clearTimeout(timer);
    again = withoutMicrophone;
    note.hidden = !text;
    byId("call-note-words").textContent = text;
    byId("call-silent").hidden = !again;
  }

  function close() {
    say("");
  }

  function show() {
    const state = calls.state();
    if (state.call && !note.hidden) close();
    if (state.ended === ended) return;
    ended = state.ended;
    if (!ended) return;
    say(endOf(ended, session));
    timer = setTimeout(close, SHOWN);
  }

  const ends = [
    calls.on("state", show),
    calls.on("note", ({ text, withoutMicrophone }) => say(text, withoutMicrophone)),
    listen(byId("call-note-close"), "click", close),
    listen(byId("call-silent"), "click", () => again?.()),
    close,
  ];
  return () => ends.forEach((end) => end());
}
