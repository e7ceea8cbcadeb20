import { byId, listen } from "./dom.js";

const NOTES = {
  blocked: "This browser forbids them for this page. Its settings can allow them again.",
  off: "You will be asked to allow them.",
};
const NIGHT = { from: "22:00", to: "07:00" };

/** Shows whether this device notifies the user, and when it does not disturb. Calls say with the reason of a failure. */
export function showNotifications(session, say) {
  const { push } = session;
  const place = byId("notifications");
  const [isOn, hasQuiet, from, to] = ["push", "quiet", "quiet-from", "quiet-to"].map(byId);
  let isChanging = false;

  function show() {
    const { status, quiet } = push.getSnapshot();
    place.hidden = status === "unsupported";
    byId("push-note").textContent = NOTES[status] ?? "";
    byId("quiet-line").hidden = status !== "on";
    byId("quiet-hours").hidden = !hasQuiet.checked;
    isOn.disabled = status === "blocked" || isChanging;
    if (isChanging) return;
    isOn.checked = status === "on";
    hasQuiet.checked = quiet !== undefined;
    byId("quiet-hours").hidden = quiet === undefined;
    from.value = quiet?.from ?? NIGHT.from;
    to.value = quiet?.to ?? NIGHT.to;
  }

  async function change(request) {
    say("");
    isChanging = true;
    const asked = request();
    show();
    const answer = await asked;
    isChanging = false;
    if (!answer.success) say(answer.error);
    show();
  }

  const quietHours = () => ({ from: from.value, to: to.value, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });

  function changed({ target }) {
    if (target === isOn) return change(isOn.checked ? () => push.enable() : push.disable);
    if (hasQuiet.checked && !(from.value && to.value)) return say("Quiet hours need a beginning and an end.");
    return change(() => push.setQuiet(hasQuiet.checked ? quietHours() : null));
  }

  const ends = [push.subscribe(show), listen(place, "change", changed)];
  show();
  return () => ends.forEach((end) => end());
}
