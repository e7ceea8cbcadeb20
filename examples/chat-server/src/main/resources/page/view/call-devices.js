import { callFailureWords } from "../model/call-words.js";
import { byId, listen } from "./dom.js";

/** Lets the user choose the microphone and the camera of a call, and whether calls ring with a sound. */
export function showCallDevices(session) {
  const { calls } = session;
  const dialog = byId("devices-dialog");
  const sound = byId("ring-sound");

  function show() {
    byId("call-preferences").hidden = !calls.areOffered();
    sound.checked = calls.hasSound();
    const { devices, call } = calls.state();
    if (!dialog.open || !call) return;
    fill(byId("microphone"), devices.microphones, call.self.microphone, "No microphone");
    fill(byId("camera"), devices.cameras, call.self.camera, "No camera");
  }

  function open() {
    say("");
    dialog.showModal();
    show();
  }

  async function choose(request, kind) {
    say("");
    const answer = await request;
    if (!answer.success) say(callFailureWords(answer, kind));
    show();
  }

  const ends = [
    calls.on("state", show),
    session.chat.subscribe(show),
    listen(byId("call-devices"), "click", open),
    listen(byId("microphone"), "change", ({ target }) => choose(calls.chooseMicrophone(target.value), "audio")),
    listen(byId("camera"), "change", ({ target }) => choose(calls.chooseCamera(target.value), "video")),
    listen(sound, "change", () => calls.setSound(sound.checked)),
    listen(dialog.querySelector(".cancel"), "click", () => dialog.close()),
    () => dialog.close(),
  ];
  show();
  return () => ends.forEach((end) => end());
}

/** Offers the devices. Leaves the list alone while it is the same, because it may be open. */
function fill(select, devices, chosen, none) {
  const known = devices.filter(({ deviceId }) => deviceId);
  const options = known.map(({ deviceId, label }, i) => new Option(label || `Number ${i + 1}`, deviceId));
  const wanted = options.length > 0 ? options : [new Option(none, "")];
  const keyOf = (all) => [...all].map(({ value, text }) => `${value} ${text}`).join("\n");
  if (keyOf(select.options) !== keyOf(wanted)) select.replaceChildren(...wanted);
  select.disabled = known.length === 0;
  if (chosen) select.value = chosen;
}

function say(text) {
  byId("devices-error").textContent = text;
}
