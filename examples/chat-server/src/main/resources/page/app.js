import { roomInAddress, saveTab, savedTab, setAddress } from "./model/tab.js";
import { notifiedAccount } from "./model/notified.js";
import { createSession } from "./model/session.js";
import { showCallDevices } from "./view/call-devices.js";
import { showCallNotes } from "./view/call-note.js";
import { showCallPanel } from "./view/call-panel.js";
import { showConversationList } from "./view/conversation-list.js";
import { byId } from "./view/dom.js";
import { titleOf } from "./view/names.js";
import { showNewDialog } from "./view/new-dialog.js";
import { showPreferences } from "./view/preferences-dialog.js";
import { showRenewal } from "./view/renewal.js";
import { showRinging } from "./view/ring-dialog.js";
import { showRoom } from "./view/room-view.js";
import { showSignIn } from "./view/sign-in.js";
import { showStatus } from "./view/status.js";
import { showTitle } from "./view/title.js";

const LOBBY = "lobby";
const TOKEN_REFUSALS = { unauthenticated: "Authentication error", token_expired: "Your token has expired." };

const signIn = showSignIn({ onJoin: (tab) => enter({ ...tab, room: tab.room || LOBBY, isChosen: Boolean(tab.room) }) });
let leave = null;
/** The notifications of the user who is signed in. */
let push = null;

function enter(tab) {
  saveTab(tab);
  byId("join").hidden = true;
  byId("chat").hidden = false;
  leave = openChat(tab);
}

function openChat(tab) {
  const session = createSession({ name: tab.name, token: tab.token });
  push = session.push;
  const calls = [showCallPanel, showRinging, showCallDevices, showCallNotes];
  const views = [showStatus, showTitle, showConversationList, showNewDialog, showPreferences, showRenewal, showRoom];
  const ends = [...views, ...calls].map((show) => show(session));
  const follow = () => session.open(roomInAddress() || null);
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);
  session.on("opened", (room) => {
    byId("nothing-why").textContent = "";
    setAddress(room?.id ?? "");
  });
  // Shows no reason for the lobby if the user did not enter its name.
  session.on("closed", ({ id, conversation, text }) => {
    byId("nothing-why").textContent = id === LOBBY && !tab.isChosen ? "" : `${titleOf(conversation, session)}: ${text}`;
  });
  session.chat.subscribe(() => leaveIfOver(session.chat.getSnapshot()));
  session.open(tab.room || null);
  return () => {
    window.removeEventListener("popstate", follow);
    window.removeEventListener("hashchange", follow);
    session.stop();
    ends.forEach((end) => end());
  };
}

function leaveIfOver({ status, reason }) {
  if (status === "ended") exit({ error: "The server ended your session." });
  if (status === "refused") exit({ askForToken: reason in TOKEN_REFUSALS, error: TOKEN_REFUSALS[reason] ?? `Refused: ${reason}` });
}

function exit(reason = {}) {
  leave?.();
  leave = null;
  const tab = savedTab();
  saveTab({ ...tab, inside: false });
  byId("chat").hidden = true;
  byId("join").hidden = false;
  document.title = "Roomcast";
  signIn.show(tab, reason);
}

/** Signs out. Notifications on this device end with it. */
async function signOut() {
  if (push.getSnapshot().status === "on") await push.disable();
  exit();
}

byId("leave").addEventListener("click", signOut);

const tab = savedTab();
const notified = notifiedAccount();
if (tab.inside && tab.name) {
  enter(tab);
} else if (notified && tab.room && !tab.name) {
  // A notification has opened this page.
  enter({ ...notified, room: tab.room, isChosen: true });
} else {
  signIn.show(tab);
}
