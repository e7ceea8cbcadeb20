import { isWithoutMicrophone, joinFailureWords, kindOfCall } from "../model/call-words.js";
import { paintAvatar } from "./avatar.js";
import { byId, listen } from "./dom.js";
import { titleOf } from "./names.js";
import { createRingtone } from "./ringtone.js";

/** Asks whether the user takes part in a call that rings. The focus is on the dialog, so that no key answers by mistake. */
export function showRinging(session) {
  const { calls } = session;
  const dialog = byId("ring-dialog");
  const buttons = [...dialog.querySelectorAll("button")];
  const ringtone = createRingtone();
  let shown = null;

  function show() {
    const call = calls.ringing() ?? null;
    if (call) fill(call);
    if (call?.callId !== shown?.callId) begin(call);
    shown = call;
  }

  function begin(call) {
    say("");
    enable(true);
    byId("ring-silent").hidden = true;
    if (!call) return close();
    if (calls.hasSound()) ringtone.start();
    if (dialog.open) return;
    dialog.showModal();
    dialog.focus();
  }

  function close() {
    ringtone.stop();
    dialog.close();
  }

  function fill({ from, conversationId, media }) {
    const name = session.nameOf(from);
    // The list may not have the conversation yet.
    const conversation = session.chat.inbox.find(conversationId);
    session.showUsers([from]);
    paintAvatar(byId("ring-avatar"), name, from);
    byId("ring-title").textContent = `${name} is calling`;
    const about = conversation && conversation.kind !== "direct" ? [titleOf(conversation, session)] : [];
    byId("ring-about").textContent = [kindOfCall(media), ...about].join(" · ");
    byId("ring-video").hidden = media !== "video";
  }

  function enable(isOn) {
    for (const made of buttons) made.disabled = !isOn;
  }

  /** Rings on if the microphone cannot be used. */
  async function answer(options) {
    const { callId, conversationId } = shown;
    ringtone.stop();
    say("");
    enable(false);
    const answered = await calls.answer(callId, options);
    if (answered.success) return session.open(conversationId);
    if (shown?.callId !== callId) return;
    enable(true);
    say(joinFailureWords(answered));
    byId("ring-silent").hidden = !isWithoutMicrophone(answered);
  }

  /** A new connection may announce the call again before the server knows of this. */
  function decline() {
    const { callId } = shown;
    calls.answerLater(callId);
    calls.decline(callId);
  }

  function later(event) {
    event.preventDefault();
    if (shown && !buttons[0].disabled) calls.answerLater(shown.callId);
  }

  const ends = [
    calls.on("state", show),
    session.on("directory", show),
    session.on("users", show),
    listen(byId("ring-decline"), "click", decline),
    listen(byId("ring-audio"), "click", () => answer({ video: false })),
    listen(byId("ring-video"), "click", () => answer({ video: true })),
    listen(byId("ring-silent"), "click", () => answer({ audio: false, video: false })),
    listen(byId("ring-later"), "click", later),
    listen(dialog, "cancel", later),
    close,
  ];
  show();
  return () => ends.forEach((end) => end());
}

function say(text) {
  byId("ring-error").textContent = text;
}
