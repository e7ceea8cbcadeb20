import { arrange, byId, listen } from "./dom.js";
import { createMessageActions } from "./message-actions.js";
import { createMessageRows, unsentRow } from "./message-rows.js";
import { createMessageWindow } from "./message-window.js";
import { followFocus, giveTabStop } from "./row-focus.js";

const NEAR = 80;

/** Shows the messages of the conversation, stored ones before unsent ones. Keeps the scroll position. */
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

  /** Draws once per frame, however many messages or receipts arrive. */
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

  /** Shows another range of messages. The visible messages keep their position. */
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

  /** Draws unsent messages together with stored ones, so that a message is always in one of them. */
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

  /** Returns the first visible message and its position. Separators move with the messages. */
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

  /** Returns the row of a loaded message, and shows it if it was not visible. */
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

  // If the composer grows or a keyboard opens, stays at the end if it was there.
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

/** Moves the focus if its element was removed or hidden. */
const isFocusable = (focused, list) => list.contains(focused) && focused.getClientRects().length > 0;
