import { kindOfCall } from "../model/call-words.js";
import { byId, listen } from "./dom.js";
import { clockOf } from "./time.js";

/** Offers to call the people of a conversation, and to join the call that it has. */
export function showRoomCalls(session, room) {
  const { calls } = session;
  const starts = { audio: byId("call-audio"), video: byId("call-video") };
  const running = byId("call-running");

  function show() {
    const call = calls.areOffered() ? room.runningCall() : undefined;
    const current = calls.current();
    for (const button of Object.values(starts)) button.hidden = !room.mayCall() || call !== undefined;
    running.hidden = !call || current?.conversationId === room.id;
    if (!call) return;
    byId("call-running-title").textContent = `${kindOfCall(call.media)} in progress`;
    byId("call-running-since").textContent = `since ${clockOf(call.startedAt)}`;
    byId("call-join").hidden = Boolean(current);
  }

  function join() {
    const { callId, media } = room.runningCall() ?? {};
    if (callId) calls.join(callId, room.id, { video: media === "video" });
  }

  const ends = [
    room.on("state", show),
    listen(starts.audio, "click", () => room.call("audio")),
    listen(starts.video, "click", () => room.call("video")),
    listen(byId("call-join"), "click", join),
  ];
  show();
  return () => {
    ends.forEach((end) => end());
    for (const button of Object.values(starts)) button.hidden = true;
    running.hidden = true;
  };
}
