import { callFailureWords, durationOf } from "../model/call-words.js";
import { announce } from "./announcer.js";
import { createCallControls } from "./call-controls.js";
import { createCallTiles } from "./call-tiles.js";
import { confirmed } from "./confirmed.js";
import { byId, listen } from "./dom.js";
import { listOf, partnerOf, titleOf } from "./names.js";

const SECOND = 1_000;
const RINGING_MILLIS = 45_000;

/** Shows the call that this page takes part in: above its conversation, or as a bar while another one is read. */
export function showCallPanel(session) {
  const { calls } = session;
  const panel = byId("call");
  const tiles = createCallTiles(session, () => (byId("call-listen").hidden = false));
  const controls = createCallControls(session, sayFailure);
  let shown = null;
  let timer = 0;
  let isFull = false;
  /** The failure of the last switch, and its kind. */
  let failed = null;

  function show() {
    const call = calls.current();
    if (!call && shown) end();
    if (!call) return;
    if (!shown) begin();
    else announceChanges(shown, call, session);
    shown = call;
    fill(call);
  }

  function begin() {
    panel.hidden = false;
    timer = setInterval(showTime, SECOND);
    // The button that was pressed has disappeared.
    requestAnimationFrame(() => document.activeElement === document.body && byId("call-title").focus());
  }

  function end() {
    const hadFocus = panel.contains(document.activeElement);
    clearInterval(timer);
    shown = null;
    isFull = false;
    failed = null;
    panel.hidden = true;
    byId("call-error").textContent = "";
    byId("call-listen").hidden = true;
    byId("chat").dataset.call = "none";
    byId("devices-dialog").close();
    tiles.clear();
    if (hadFocus) byId(session.room() ? "room-title" : "new").focus();
  }

  function fill(call) {
    const conversation = session.directory.find(call.conversationId);
    byId("call-title").textContent = titleOf(conversation, session);
    byId("call-end").hidden = !mayEndForAll(call, conversation, session);
    controls.show(call.self);
    tiles.show(call, awaitedIn(call, conversation, session));
    place(call);
    showTime();
    showFailure(call);
  }

  function place({ conversationId }) {
    const isOpen = session.room()?.id === conversationId;
    if (!isOpen) isFull = false;
    panel.dataset.size = isOpen ? "panel" : "bar";
    byId("chat").dataset.call = isFull ? "full" : panel.dataset.size;
    byId("call-full").ariaPressed = String(isFull);
  }

  function showTime() {
    const { since, away, participants } = shown;
    const state = byId("call-state");
    const words = stateOf(shown, session);
    if (state.textContent !== words) state.textContent = words;
    state.dataset.state = away ? "reconnecting" : "";
    byId("call-time").textContent = since && participants.some(isConnected) ? durationOf(Date.now() - since) : "";
  }

  function sayFailure(failure, kind) {
    failed = failure && { failure, kind };
    if (shown) showFailure(shown);
  }

  /** Shows why a device is off: the last switch that failed, or a device that could not be opened for the call. */
  function showFailure({ status, self }) {
    const problems = status === "joining" ? {} : self.problems;
    const [kind] = Object.keys(problems);
    const { failure, kind: of } = failed ?? { failure: problems[kind], kind };
    const words = failure ? callFailureWords(failure, of) : "";
    if (byId("call-error").textContent !== words) byId("call-error").textContent = words;
  }

  function toggleFull() {
    isFull = !isFull;
    place(shown);
  }

  function listenToAll() {
    byId("call-listen").hidden = true;
    tiles.playAll();
  }

  const ends = [
    calls.on("state", show),
    session.on("opened", show),
    session.on("directory", show),
    session.on("users", show),
    listen(byId("call-show"), "click", () => session.open(shown.conversationId)),
    listen(byId("call-full"), "click", toggleFull),
    listen(panel, "keydown", ({ key }) => key === "Escape" && isFull && toggleFull()),
    listen(byId("call-listen"), "click", listenToAll),
    listen(byId("call-hang-up"), "click", () => calls.end()),
    confirmed(byId("call-end"), "Really end it?", () => calls.end({ forAll: true })),
    controls.close,
    () => shown && end(),
  ];
  show();
  return () => ends.forEach((stop) => stop());
}

const isConnected = ({ connection }) => connection !== "connecting";

/** Returns the other user of a direct conversation while the call is not answered. */
function awaitedIn({ status, rung, participants }, conversation, { user }) {
  const partner = partnerOf(conversation, user);
  if (status !== "ringing" || participants.length > 0 || !partner) return [];
  return [{ userId: partner, state: rung.includes(partner) ? "ringing" : "absent" }];
}

/** Returns the users of a group who were rung and have not answered yet. */
function ringingIn({ since, rung, declined, participants }) {
  if (Date.now() - since > RINGING_MILLIS) return [];
  const here = participants.map(({ userId }) => userId);
  return rung.filter((userId) => !declined.includes(userId) && !here.includes(userId));
}

function stateOf(call, { nameOf }) {
  const { status, away, rung, participants, self } = call;
  if (away) return "Reconnecting… You can go on talking.";
  if (status === "joining") return "Connecting…";
  if (status === "ringing") return rung.length > 0 ? "Ringing…" : "Not online. It rings as soon as that changes.";
  const ringing = ringingIn(call);
  if (ringing.length > 0) return `Ringing for ${listOf(ringing.map(nameOf))}`;
  if (participants.length === 0) return "Waiting for others";
  if (!participants.some(isConnected)) return "Connecting…";
  return self.screen ? "Others see your screen." : "";
}

function mayEndForAll({ conversationId, isOwn }, { kind }, { chat }) {
  const { role } = chat.room(conversationId).getSnapshot().details;
  return kind !== "direct" && (isOwn || ["owner", "admin"].includes(role));
}

/** Announces who joined, left or declined, because the tiles alone do not say it. */
function announceChanges(before, { participants, declined, away }, { nameOf }) {
  const isNew = (all) => ({ participantId }) => all.every((other) => other.participantId !== participantId);
  const say = (userId, words) => announce(`${nameOf(userId)} ${words}`);
  participants.filter(isNew(before.participants)).forEach(({ userId }) => say(userId, "takes part in the call"));
  before.participants.filter(isNew(participants)).forEach(({ userId }) => say(userId, "has left the call"));
  declined.filter((userId) => !before.declined.includes(userId)).forEach((userId) => say(userId, "declined"));
  if (before.away && !away) announce("The call is connected again");
}
