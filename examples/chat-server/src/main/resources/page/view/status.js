import { announce } from "./announcer.js";
import { byId } from "./dom.js";

const LABELS = { online: "Online", connecting: "Connecting", offline: "Offline" };
const BACK_ONLINE_MILLIS = 2_500;

/** Shows the state of the connection as a dot, and as a banner while there is no connection. */
export function showStatus(session) {
  const banner = byId("banner");
  let wasOnline = false;
  let draining = false;
  let timer = null;
  let state = null;

  function say(text, state) {
    clearTimeout(timer);
    if (text && text !== banner.textContent) announce(text);
    banner.hidden = !text;
    banner.textContent = text;
    banner.dataset.state = state;
  }

  function back() {
    const returned = wasOnline && !banner.hidden;
    wasOnline = true;
    draining = false;
    if (!returned) return say("", "online");
    say("Back online", "online");
    timer = setTimeout(() => say("", "online"), BACK_ONLINE_MILLIS);
  }

  function away(state) {
    if (state === "offline") return say("You are offline. What you write is kept and sent later.", state);
    if (draining) return say("The server restarts. Reconnecting… What you write is kept.", "reconnecting");
    if (wasOnline) return say("Connection lost. Reconnecting… What you write is kept.", "reconnecting");
    say("Connecting…", state);
  }

  function show() {
    const { status } = session.chat.getSnapshot();
    if (status === state || !(status in LABELS)) return;
    state = status;
    for (const id of ["status", "own-state"]) {
      byId(id).textContent = LABELS[state];
      byId(id).dataset.state = state;
    }
    if (state === "online") back();
    else away(state);
  }

  function drain() {
    draining = true;
    say("The server restarts soon. You will be reconnected.", "reconnecting");
  }

  const ends = [session.chat.subscribe(show), session.chat.on("serverDraining", drain)];
  show();
  return () => {
    ends.forEach((end) => end());
    say("", "");
  };
}
