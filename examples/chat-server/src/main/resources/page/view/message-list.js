import { arrange, byId, inNextFrame, listen } from "./dom.js";
import { createMessageActions } from "./message-actions.js";
import { createMessageRows } from "./message-rows.js";
import { showPins } from "./pins.js";
import { followFocus, giveTabStop } from "./row-focus.js";

const NEAR = 80;

/** Shows the messages of the conversation, stored ones before unsent ones. Keeps the scroll position. */
export function showMessages(session, room, composer) {
  const view = byId("messages");
  const actions = createMessageActions({ room, composer, reveal, leave: () => session.open(null) });
  const rows = createMessageRows(room, actions);
  // However many messages or receipts arrive.
  const frame = inNextFrame(drawNow);
  let isReady = false;
  let hasNewer = false;
  let wasAtEnd = true;
  /** The newest message when the reader was at the end. */
  let seenSeq = 0;
  let lastSeq = 0;
  let unsent = [];

  function drawNow() {
    const place = readersPlace();
    const becameReady = becomesReady();
    const follows = place.atEnd || becameReady || hasOwnNews();
    draw();
    if (follows) toEnd();
    else stay(place);
    if (view.scrollHeight <= view.clientHeight) towardsOlder();
  }

  /** Returns whether the newest messages were loaded: at first, and after a jump to them. */
  function becomesReady() {
    const wasReady = isReady;
    isReady = room.state().status === "ready";
    return !isReady || !wasReady;
  }

  function hasOwnNews() {
    const newer = room.stored().filter(({ seq }) => seq > lastSeq);
    return newer.some(({ senderId }) => senderId === room.user) || room.unsent().some(({ id }) => !unsent.includes(id));
  }

  function draw() {
    const list = byId("list");
    const hadFocus = list.contains(document.activeElement);
    arrange(list, rows.all());
    if (hadFocus && !isFocusable(document.activeElement, list)) view.focus({ preventScroll: true });
    giveTabStop(list);
    arrange(byId("unsent"), rows.unsent());
    hasNewer = room.state().hasNewer;
    unsent = room.unsent().map(({ id }) => id);
    lastSeq = Math.max(lastSeq, room.stored().at(-1)?.seq ?? 0);
    showBeginning();
  }

  function showBeginning() {
    const { status, hasOlder, messages } = room.state();
    const note = byId("beginning");
    note.hidden = status !== "ready" || hasOlder;
    const isEmpty = messages.every((message) => message.status);
    note.textContent = isEmpty ? "Nothing here yet. Say hello." : "This is where the conversation begins.";
  }

  function stay({ row, rowTop }) {
    if (row?.isConnected) view.scrollTop += row.getBoundingClientRect().top - rowTop;
    settle();
  }

  function toEnd() {
    view.scrollTop = view.scrollHeight;
    settle();
  }

  /** Adapts to the position in which the messages are now. */
  function settle() {
    wasAtEnd = isAtEnd();
    room.follow(wasAtEnd);
    if (wasAtEnd) atEnd();
    else offerNewest();
  }

  function atEnd() {
    seenSeq = room.state().latestSeq;
    byId("newest").hidden = true;
    if (isReady) room.seen();
  }

  function offerNewest() {
    const news = room.state().latestSeq - seenSeq;
    const isFar = view.scrollHeight - view.scrollTop - view.clientHeight > view.clientHeight;
    byId("newest").hidden = news <= 0 && !isFar && !hasNewer;
    byId("newest").textContent = news <= 0 ? "Jump to newest" : `${news} new ${news === 1 ? "message" : "messages"}`;
  }

  function isAtEnd() {
    return !hasNewer && view.scrollHeight - view.scrollTop - view.clientHeight < NEAR;
  }

  /** Returns the first visible message and its position. Separators move with the messages. */
  function readersPlace() {
    if (isAtEnd()) return { atEnd: true };
    const edge = view.getBoundingClientRect().top;
    const row = [...byId("list").querySelectorAll(".message")].find((one) => one.getBoundingClientRect().bottom > edge);
    return { atEnd: false, row, rowTop: row?.getBoundingClientRect().top };
  }

  function scrolled() {
    settle();
    if (view.scrollTop < NEAR) towardsOlder();
    if (hasNewer && view.scrollHeight - view.scrollTop - view.clientHeight < NEAR) room.loadNewer();
  }

  function towardsOlder() {
    if (room.state().hasOlder) room.loadOlder();
  }

  function jumpToNewest() {
    if (hasNewer) room.loadLatest();
    else toEnd();
    view.focus({ preventScroll: true });
  }

  /** Returns the row of a message that is kept. */
  function reveal(id) {
    drawNow();
    return rows.find(id);
  }

  // If the composer grows or a keyboard opens, stays at the end if it was there.
  const sizes = new ResizeObserver(() => wasAtEnd && toEnd());
  const ends = [
    room.on("state", frame.request),
    session.attention.on("change", () => isAtEnd() && atEnd()),
    listen(view, "scroll", scrolled),
    ...followFocus(byId("list")),
    listen(byId("newest"), "click", jumpToNewest),
    () => sizes.disconnect(),
    frame.cancel,
    rows.close,
  ];
  sizes.observe(view);
  drawNow();
  ends.push(showPins(room, actions.goTo));
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
