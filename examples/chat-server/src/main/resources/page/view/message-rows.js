import { failureWords } from "../model/failures.js";
import { isLine } from "../model/file-facts.js";
import { brokenElement, dayElement, fillMessage, messageElement, newElement } from "./message-view.js";
import { createPreviews } from "./previews.js";
import { dateOf } from "./time.js";
import { uploadRow } from "./upload-rows.js";

const GROUPING_INTERVAL = 5 * 60_000;

/** Creates the rows of messages and separators. Each row is created once and updated in place. */
export function createMessageRows(room, actions) {
  let elements = new Map();
  let before = new Map();
  const drawn = new WeakMap();
  const days = new WeakMap();
  let newFrom = null;
  let waiting = new Map();
  let uploading = new Map();
  const previews = createPreviews();

  function remembered(key, make) {
    if (!elements.has(key)) elements.set(key, before.get(key) ?? make());
    return elements.get(key);
  }

  function rowsOf(message, previous) {
    try {
      return knownRowsOf(message, previous);
    } catch (error) {
      reportError(error);
      return [remembered(message.id, brokenElement)];
    }
  }

  function knownRowsOf(message, previous) {
    const own = message.senderId === room.user;
    const item = remembered(message.id, () => messageElement(message, { own, actions }));
    item.classList.toggle("follows", follows(message, previous));
    fill(item, message, own);
    return [...separators(message, previous), item];
  }

  /** Updates only what has changed; otherwise screen readers would repeat it, and selections would be lost. */
  function fill(item, message, own) {
    const tick = own ? room.ticks.of(message) : "sent";
    const quoted = message.deletedAt ? undefined : room.quoted(message.replyTo);
    const mayCall = message.type === "call" && room.mayCall();
    const next = { message, tick, quoted, names: namesIn(message, quoted), mayCall };
    const last = drawn.get(item);
    if (last && Object.keys(next).every((part) => next[part] === last[part])) return;
    drawn.set(item, next);
    fillMessage(item, message, {
      state: { tick },
      quoted,
      user: room.user,
      nameOf: room.nameOf,
      links: room.files,
      onCall: mayCall ? room.call : null,
      onReact: (key, isOn) => actions.react(message, key, isOn),
    });
  }

  /** Returns the names that a row shows, as one text. */
  function namesIn({ senderId, reactions, mentions = [] }, quoted) {
    const reacted = Object.values(reactions ?? {}).flatMap((reaction) => reaction?.userIds ?? []);
    return [senderId, quoted?.senderId, ...reacted, ...mentions].map(room.nameOf).join();
  }

  /** Formatting a date costs more than all else of a row, so it is done once. */
  function dayOf(message) {
    if (!days.has(message)) days.set(message, dateOf(message.createdAt));
    return days.get(message);
  }

  function separators(message, previous) {
    const day = dayOf(message);
    const rows = [];
    if (day && (!previous || dayOf(previous) !== day)) {
      rows.push(remembered(`day ${day}`, () => dayElement(message.createdAt)));
    }
    const isFirstNew = message.seq > newFrom && previous && previous.seq <= newFrom;
    if (isFirstNew) rows.push(remembered("new", newElement));
    return rows;
  }

  /** Returns the rows to show. Discards rows that are no longer shown. */
  function all() {
    const { status, unread, latestSeq } = room.state();
    if (status === "ready") newFrom ??= unread > 0 ? latestSeq - unread : Infinity;
    before = elements;
    elements = new Map();
    return room.stored().flatMap((message, i, all) => rowsOf(message, all[i - 1]));
  }

  /** Returns the rows of unsent messages. A row is replaced when its message has failed, or is sent again. */
  function unsent() {
    const known = waiting;
    waiting = new Map(room.unsent().map((entry) => [entry.files ? entry.id : `${entry.status} ${entry.id}`, entry]));
    waiting.forEach((entry, key) => waiting.set(key, known.get(key) ?? unsentRow(entry, room)));
    const uploads = room.unsent().filter(({ files }) => files);
    uploading = new Map(uploads.map((entry) => [entry.id, fillUpload(entry)]));
    previews.keep(uploads.flatMap(({ files }) => files.map(({ file }) => file)));
    return [...waiting.values()];
  }

  /** The row of files on their way stays the same, whatever becomes of them. */
  function fillUpload(entry) {
    const fill = uploading.get(entry.id) ?? uploadRow(waiting.get(entry.id), entry.id, room, previews);
    fill(entry);
    return fill;
  }

  return {
    all,
    unsent,
    find: (id) => elements.get(id),
    close: () => previews.keep([]),
  };
}

function follows(message, previous) {
  if (!previous || previous.senderId !== message.senderId || isLine(previous)) return false;
  return Date.parse(message.createdAt) - Date.parse(previous.createdAt) < GROUPING_INTERVAL;
}

function unsentRow(entry, room) {
  const item = messageElement(entry, { own: true, actions: {} });
  const find = (selector) => item.querySelector(selector);
  fillMessage(item, entry, {
    state: { tick: entry.status === "failed" ? "failed" : "sending", isUnsent: true },
    quoted: room.quoted(entry.replyTo),
    user: room.user,
    nameOf: room.nameOf,
    links: room.files,
  });
  find(".quote").disabled = true;
  find(".trouble").hidden = !entry.failure;
  find(".why").textContent = entry.failure ? failureWords(entry.failure) : "";
  find(".retry").addEventListener("click", () => room.retry(entry.clientMessageId));
  find(".discard").addEventListener("click", () => room.discard(entry.clientMessageId));
  return item;
}
