import { arrange, byId, listen } from "./dom.js";
import { createMessageActions } from "./message-actions.js";
import { createMessageRows, unsentRow } from "./message-rows.js";
import { followFocus, giveTabStop } from "./row-focus.js";

const NEAR = 80;

/** The conversation: stored messages, then those on their way. Keeps the reader's place. */
export function showMessages(session, room, composer) {
  const view = byId("messages");
  const actions = createMessageActions({ room, composer, find: (id) => rows.find(id) });
  const rows = createMessageRows(room, actions);
  let firstTime = true;
  let news = 0;
  let frame = 0;
  let wasAtEnd = true;

  function showStored(fresh) {
    const place = readersPlace(view);
    draw();
    showBeginning(room);
    const isAbove = fresh.length > 0 && fresh.at(-1).seq < room.timeline.newestSeq();
    const hasOwnWords = !isAbove && fresh.some((message) => message.senderId === room.user);
    if (firstTime || place.atEnd || hasOwnWords) toEnd();
    else stay(place, fresh, isAbove);
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

  /** Many receipts at once are one drawing. */
  function drawSoon() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const place = readersPlace(view);
      draw();
      if (place.atEnd) view.scrollTop = view.scrollHeight;
    });
  }

  function stay(place, fresh, isAbove) {
    if (isAbove) {
      view.scrollTop = place.top + view.scrollHeight - place.height;
    } else {
      news += fresh.length;
    }
    offerNewest();
  }

  function offerNewest() {
    const button = byId("newest");
    const isFar = view.scrollHeight - view.scrollTop - view.clientHeight > view.clientHeight;
    button.hidden = readersPlace(view).atEnd || (news === 0 && !isFar);
    button.textContent = news === 0 ? "Jump to newest" : `${news} new ${news === 1 ? "message" : "messages"}`;
  }

  function showUnsent() {
    const { atEnd } = readersPlace(view);
    byId("unsent").replaceChildren(...room.unsent().map((entry) => unsentRow(entry, room)));
    if (atEnd || room.unsent().length > 0) toEnd();
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

  function scrolled() {
    wasAtEnd = readersPlace(view).atEnd;
    if (readersPlace(view).atEnd) atEnd();
    else offerNewest();
    if (view.scrollTop < NEAR) room.history.loadOlder();
  }

  function jumpToNewest() {
    toEnd();
    view.focus({ preventScroll: true });
  }

  // The composer grows, or a keyboard comes up: who was at the end stays there.
  const sizes = new ResizeObserver(() => wasAtEnd && toEnd());
  const ends = [
    room.on("messages", showStored),
    room.on("outbox", showUnsent),
    room.on("receipts", drawSoon),
    session.on("directory", drawSoon),
    session.attention.on("change", () => readersPlace(view).atEnd && atEnd()),
    listen(view, "scroll", scrolled),
    ...followFocus(byId("list")),
    listen(byId("newest"), "click", jumpToNewest),
    () => sizes.disconnect(),
    () => cancelAnimationFrame(frame),
  ];
  sizes.observe(view);
  showUnsent();
  return () => {
    ends.forEach((end) => end());
    byId("list").replaceChildren();
    byId("unsent").replaceChildren();
    byId("beginning").hidden = true;
    byId("newest").hidden = true;
  };
}

function readersPlace(view) {
  const atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR;
  return { atEnd, top: view.scrollTop, height: view.scrollHeight };
}

/** What had the focus may be gone with its message, or hidden. */
const isFocusable = (focused, list) => list.contains(focused) && focused.getClientRects().length > 0;

function showBeginning(room) {
  const note = byId("beginning");
  note.hidden = !room.history.isLoaded() || room.history.hasOlder();
  const isEmpty = room.timeline.messages.length === 0;
  note.textContent = isEmpty ? "Nothing here yet. Say hello." : "This is where the conversation begins.";
}
