import { arrange, byId, listen } from "./dom.js";
import { createMessageActions } from "./message-actions.js";
import { createMessageRows, unsentRow } from "./message-rows.js";
import { createMessageWindow } from "./message-window.js";
import { followFocus, giveTabStop } from "./row-focus.js";

const NEAR = 80;

/** The conversation: stored messages, then those on their way. Keeps the reader's place. */
export function showMessages(session, room, composer) {
  const view = byId("messages");
  const shown = createMessageWindow(room.timeline);
  const actions = createMessageActions({ room, composer, reveal });
  const rows = createMessageRows(room, actions, shown);
  let firstTime = true;
  let news = 0;
  let frame = 0;
  let arrived = [];
  let newest = 0;
  let unsentIsStale = true;
  let wasAtEnd = true;

  /** Many messages, or receipts, at once are one drawing. */
  function drawSoon(fresh = []) {
    fresh.forEach((message) => arrived.push(message));
    frame ||= requestAnimationFrame(drawNow);
  }

  function drawNow() {
    cancelAnimationFrame(frame);
    frame = 0;
    const fresh = arrived;
    arrived = [];
    const place = readersPlace();
    const newer = fresh.filter(({ seq }) => seq > newest);
    const isAbove = fresh.length > newer.length;
    newest = room.timeline.newestSeq();
    const follows = firstTime || place.atEnd || newer.some(({ senderId }) => senderId === room.user) || hasNewWords();
    if (follows) shown.follow();
    else shown.hold();
    if (isAbove && place.top < NEAR) shown.older();
    draw();
    showUnsent();
    showBeginning();
    if (follows) toEnd();
    else stay(place, newer.length);
    firstTime &&= !room.history.isLoaded();
    if (view.scrollHeight <= view.clientHeight) room.history.loadOlder();
  }

  function draw() {
    const list = byId("list");
    const hadFocus = list.contains(document.activeElement);
    arrange(list, rows.all());
    if (hadFocus && !isFocusable(document.activeElement, list)) view.focus({ preventScroll: true });
    giveTabStop(list);
  }

  /** Shows other messages, and leaves those in sight where they are. */
  function move(way) {
    const place = readersPlace();
    way();
    draw();
    showBeginning();
    stay(place, 0);
  }

  function stay(place, more) {
    if (place.row?.isConnected) view.scrollTop += place.row.getBoundingClientRect().top - place.rowTop;
    news += more;
    offerNewest();
  }

  function offerNewest() {
    const button = byId("newest");
    const isFar = view.scrollHeight - view.scrollTop - view.clientHeight > view.clientHeight;
    button.hidden = isAtEnd() || (news === 0 && !isFar && shown.isAtNewest());
    button.textContent = news === 0 ? "Jump to newest" : `${news} new ${news === 1 ? "message" : "messages"}`;
  }

  /** In the same drawing as what is stored, so that a message is never in neither. */
  function showUnsent() {
    if (!unsentIsStale) return;
    unsentIsStale = false;
    byId("unsent").replaceChildren(...room.unsent().map((entry) => unsentRow(entry, room)));
  }

  const hasNewWords = () => unsentIsStale && room.unsent().length > 0;

  function follow() {
    shown.follow();
    draw();
    toEnd();
  }

  function toEnd() {
    view.scrollTop = view.scrollHeight;
    atEnd();
  }

  function atEnd() {
    news = 0;
    byId("newest").hidden = true;
    if (room.history.isLoaded()) room.seen();
  }

  function isAtEnd() {
    return shown.isAtNewest() && view.scrollHeight - view.scrollTop - view.clientHeight < NEAR;
  }

  /** Where the reader is: the first message in sight, and where it stands. What is between messages moves with them. */
  function readersPlace() {
    const top = view.scrollTop;
    const edge = view.getBoundingClientRect().top;
    const isInSight = (one) => one.getBoundingClientRect().bottom > edge;
    const row = isAtEnd() ? null : [...byId("list").querySelectorAll(".message")].find(isInSight);
    return { atEnd: isAtEnd(), top, row, rowTop: row?.getBoundingClientRect().top };
  }

  function scrolled() {
    wasAtEnd = isAtEnd();
    if (wasAtEnd) atEnd();
    else offerNewest();
    if (view.scrollTop < NEAR) towardsOlder();
    else if (!shown.isAtNewest() && view.scrollHeight - view.scrollTop - view.clientHeight < NEAR) move(shown.newer);
  }

  function towardsOlder() {
    if (shown.hasOlder()) move(shown.older);
    else room.history.loadOlder();
  }

  function jumpToNewest() {
    follow();
    view.focus({ preventScroll: true });
  }

  /** The row of a message that is here, shown if it was not. */
  function reveal(id) {
    if (frame) drawNow();
    const message = room.timeline.find(id);
    if (!message) return null;
    shown.around(message.seq);
    draw();
    return rows.find(id);
  }

  function showBeginning() {
    const note = byId("beginning");
    note.hidden = !room.history.isLoaded() || room.history.hasOlder() || shown.hasOlder();
    const isEmpty = room.timeline.messages.length === 0;
    note.textContent = isEmpty ? "Nothing here yet. Say hello." : "This is where the conversation begins.";
  }

  // The composer grows, or a keyboard comes up: who was at the end stays there.
  const sizes = new ResizeObserver(() => wasAtEnd && toEnd());
  const ends = [
    room.on("messages", drawSoon),
    room.on("outbox", () => {
      unsentIsStale = true;
      drawSoon();
    }),
    room.on("receipts", () => drawSoon()),
    session.on("directory", () => drawSoon()),
    session.attention.on("change", () => isAtEnd() && atEnd()),
    listen(view, "scroll", scrolled),
    ...followFocus(byId("list")),
    listen(byId("newest"), "click", jumpToNewest),
    () => sizes.disconnect(),
    () => cancelAnimationFrame(frame),
  ];
  sizes.observe(view);
  drawNow();
  return () => {
    ends.forEach((end) => end());
    byId("list").replaceChildren();
    byId("unsent").replaceChildren();
    byId("beginning").hidden = true;
    byId("newest").hidden = true;
  };
}

/** What had the focus may be gone with its message, or hidden. */
const isFocusable = (focused, list) => list.contains(focused) && focused.getClientRects().length > 0;
