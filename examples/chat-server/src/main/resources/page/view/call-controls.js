import { byId, listen } from "./dom.js";

/** What a press does, by whether it is on. */
const NAMES = {
  audio: { true: "Mute", false: "Unmute" },
  video: { true: "Turn the camera off", false: "Turn the camera on" },
  screen: { true: "Stop sharing the screen", false: "Share the screen" },
};

/** Shows what the user sends in a call, and switches it. Calls say with the failure of a switch and its kind. */
export function createCallControls(session, say) {
  const { calls } = session;
  const buttons = { audio: byId("call-microphone"), video: byId("call-camera"), screen: byId("call-screen") };
  const switches = { audio: calls.setAudio, video: calls.setVideo, screen: calls.setScreen };

  function show(self) {
    for (const [kind, button] of Object.entries(buttons)) {
      button.dataset.on = self[kind];
      button.ariaLabel = NAMES[kind][self[kind]];
      button.title = button.ariaLabel;
    }
    buttons.screen.hidden = !navigator.mediaDevices?.getDisplayMedia;
  }

  async function press(kind) {
    const call = calls.current();
    if (!call) return;
    say(null, kind);
    const answer = await switches[kind](!call.self[kind]);
    if (!answer.success) say(answer, kind);
  }

  const ends = Object.entries(buttons).map(([kind, button]) => listen(button, "click", () => press(kind)));
  return {
    show,
    close: () => ends.forEach((end) => end()),
  };
}
