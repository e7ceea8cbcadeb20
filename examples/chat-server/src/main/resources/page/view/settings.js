import { byId, listen } from "./dom.js";
import { briefly } from "./time.js";

const HOUR = 3_600_000;

/** Shows what the user alone prefers in the conversation. */
export function showSettings(room) {
  const fields = { favorite: byId("favorite"), archived: byId("archived") };
  const mute = byId("mute");
  const notify = byId("notify");
  /** The fields whose change the server has not answered yet. */
  const changing = new Set();
  let isOpen = true;

  function show() {
    const preferences = room.preferences();
    byId("settings").hidden = !room.isKnown();
    for (const [name, field] of Object.entries(fields)) {
      if (!changing.has(field)) field.checked = preferences[name] === true;
    }
    if (!changing.has(mute)) showMute(preferences.mutedUntil);
    if (!changing.has(notify)) notify.value = preferences.notify ?? "all";
  }

  function showMute(until) {
    const isMuted = Date.parse(until ?? "") > Date.now();
    const [, kept] = mute.options;
    kept.hidden = !isMuted;
    kept.textContent = isMuted ? `Until ${briefly(until)}` : "";
    mute.value = isMuted ? "kept" : "";
  }

  async function changed({ target }) {
    changing.add(target);
    await room.setPreferences(preferencesOf(target));
    changing.delete(target);
    if (isOpen) show();
  }

  function preferencesOf(field) {
    if (field === notify) return { notify: notify.value };
    if (field !== mute) return { [field.id]: field.checked };
    const hours = Number(mute.value);
    return { mutedUntil: hours === 0 ? null : new Date(Date.now() + hours * HOUR).toISOString() };
  }

  const ends = [room.on("state", show), listen(byId("settings"), "change", changed)];
  show();
  return () => {
    isOpen = false;
    ends.forEach((end) => end());
  };
}
