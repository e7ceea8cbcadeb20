import { byId, listen } from "./dom.js";
import { dayElement, dayOf, messageElement } from "./message-view.js";

const NEAR = 80;
const TOGETHER = 5 * 60_000;

/** The conversation: stored messages, then those on their way. Keeps the reader's place. */
export function showMessages(chat) {
  const view = byId("messages");
  const elements = new Map();
  let firstTime = true;

  function showStored(fresh) {
    const place = readersPlace(view);
    drawStored(chat, elements);
    showBeginning(chat);
    const ownWords = fresh.some((message) => message.senderId === chat.place.name);
    if (firstTime || place.atEnd || ownWords) toEnd();
    else stay(place, fresh);
    firstTime &&= !chat.history.isLoaded();
    // The page of history that was just loaded is not news; what comes after it is.
    view.setAttribute("aria-live", chat.history.isLoaded() ? "polite" : "off");
    if (view.scrollHeight <= view.clientHeight) chat.history.loadOlder();
  }

  function stay(place, fresh) {
    const above = fresh.length > 0 && fresh.at(-1).seq < chat.timeline.messages.at(-1).seq;
    if (above) view.scrollTop = place.top + view.scrollHeight - place.height;
    else byId("newest").hidden = fresh.length === 0;
  }

  function showUnsent() {
    const place = readersPlace(view);
    byId("unsent").replaceChildren(...chat.outbox.entries.map((entry) => unsentElement(chat, entry)));
    if (place.atEnd) toEnd();
  }

  function toEnd() {
    view.scrollTop = view.scrollHeight;
    byId("newest").hidden = true;
  }

  function scrolled() {
    if (readersPlace(view).atEnd) byId("newest").hidden = true;
    if (view.scrollTop < NEAR) chat.history.loadOlder();
  }

  const ends = [
    chat.on("messages", showStored),
    chat.on("outbox", showUnsent),
    listen(view, "scroll", scrolled),
    listen(byId("newest"), "click", toEnd),
    listen(window, "resize", () => readersPlace(view).atEnd && toEnd()),
  ];
  showUnsent();
  return () => {
    ends.forEach((end) => end());
    byId("list").replaceChildren();
    byId("unsent").replaceChildren();
    byId("beginning").hidden = true;
    byId("newest").hidden = true;
    view.setAttribute("aria-live", "off");
  };
}

function readersPlace(view) {
  const atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR;
  return { atEnd, top: view.scrollTop, height: view.scrollHeight };
}

/** Puts in what is new and leaves the rest alone, so that a screen reader says only the new. */
function drawStored(chat, elements) {
  const list = byId("list");
  const wanted = chat.timeline.messages.flatMap((message, i, all) => rows(chat, elements, message, all[i - 1]));
  const keep = new Set(wanted);
  [...list.children].filter((child) => !keep.has(child)).forEach((child) => child.remove());
  wanted.forEach((row, i) => list.children[i] !== row && list.insertBefore(row, list.children[i] ?? null));
}

function rows(chat, elements, message, previous) {
  const item = remembered(elements, message.id, () =>
    messageElement(message, { own: message.senderId === chat.place.name, state: "sent" }),
  );
  item.classList.toggle("follows", follows(message, previous));
  const day = dayOf(message.createdAt);
  if (previous && dayOf(previous.createdAt) === day) return [item];
  return [remembered(elements, `day ${day}`, () => dayElement(message.createdAt)), item];
}

function remembered(elements, key, make) {
  if (!elements.has(key)) elements.set(key, make());
  return elements.get(key);
}

function follows(message, previous) {
  if (!previous || previous.senderId !== message.senderId || previous.type === "system") return false;
  return Date.parse(message.createdAt) - Date.parse(previous.createdAt) < TOGETHER;
}

function unsentElement(chat, entry) {
  const item = messageElement(entry, { own: true, state: entry.failure ? "failed" : "sending" });
  item.querySelector(".trouble").hidden = !entry.failure;
  item.querySelector(".why").textContent = entry.failure ?? "";
  item.querySelector(".retry").addEventListener("click", () => chat.outbox.retry(entry.clientMessageId));
  item.querySelector(".discard").addEventListener("click", () => chat.outbox.discard(entry.clientMessageId));
  return item;
}

function showBeginning(chat) {
  const note = byId("beginning");
  note.hidden = !chat.history.isLoaded() || chat.history.hasOlder();
  note.textContent = chat.timeline.messages.length ? "This is where the conversation begins." : "Nothing here yet. Say hello.";
}
