import { placeInAddress, rememberPlace, rememberedPlace, showInAddress } from "./model/place.js";
import { createSession } from "./model/session.js";
import { showConversationList } from "./view/conversation-list.js";
import { byId } from "./view/dom.js";
import { showNewDialog } from "./view/new-dialog.js";
import { showRenewal } from "./view/renewal.js";
import { showRoom } from "./view/room-view.js";
import { showSignIn } from "./view/sign-in.js";
import { showStatus } from "./view/status.js";
import { showTitle } from "./view/title.js";

const LOBBY = "lobby";

const signIn = showSignIn({ onJoin: (place) => enter({ ...place, room: place.room || LOBBY, isChosen: Boolean(place.room) }) });
let leave = null;

function enter(place) {
  rememberPlace(place);
  byId("join").hidden = true;
  byId("chat").hidden = false;
  leave = openChat(place);
}

function openChat(place) {
  const session = createSession({ name: place.name, token: place.token });
  const views = [showStatus, showTitle, showConversationList, showNewDialog, showRenewal, showRoom];
  const ends = views.map((show) => show(session));
  const follow = () => session.open(placeInAddress() || null);
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);
  session.on("opened", (room) => {
    byId("nothing-why").textContent = "";
    showInAddress(room?.id ?? "");
  });
  // Nobody asked for the lobby by name, so nobody needs to hear that it is closed.
  session.on("closed", ({ id, text }) => {
    byId("nothing-why").textContent = id === LOBBY && !place.isChosen ? "" : `${id}: ${text}`;
  });
  session.on("unauthenticated", (text) => exit({ askForToken: true, error: text }));
  session.on("ended", () => exit({ error: "The server ended your session." }));
  session.open(place.room || null);
  session.start();
  return () => {
    window.removeEventListener("popstate", follow);
    window.removeEventListener("hashchange", follow);
    session.stop();
    ends.forEach((end) => end());
  };
}

function exit(reason = {}) {
  leave?.();
  leave = null;
  const place = rememberedPlace();
  rememberPlace({ ...place, inside: false });
  byId("chat").hidden = true;
  byId("join").hidden = false;
  document.title = "Roomcast";
  signIn.show(place, reason);
}

byId("leave").addEventListener("click", () => exit());

const place = rememberedPlace();
if (place.inside && place.name) {
  enter(place);
} else {
  signIn.show(place);
}
