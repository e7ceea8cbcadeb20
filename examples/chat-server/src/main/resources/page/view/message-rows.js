import { brokenElement, dayElement, fillMessage, messageElement, newElement } from "./message-view.js";
import { dateOf } from "./time.js";

const GROUPING_INTERVAL = 5 * 60_000;

/** Creates the rows of messages and separators. Each row is created once and updated in place. */
export function createMessageRows(room, actions, shown) {
  let elements = new Map();
  let before = new Map();
  const drawn = new WeakMap();
  const { readSeq = 0, unread = 0 } = room.conversation();
  const newFrom = unread > 0 ? readSeq : Infinity;

  function remembered(key, make) {
    if (!elements.has(key)) elements.set(key, before.get(key) ?? make());
    return elements.get(key);
  }

  function rowsOf(message, previous, members) {
    try {
      return knownRowsOf(message, previous, members);
    } catch (error) {
      reportError(error);
      return [remembered(message.id, brokenElement)];
    }
  }

  function knownRowsOf(message, previous, members) {
    const own = message.senderId === room.user;
    const item = remembered(message.id, () => messageElement(message, { own, actions }));
    item.classList.toggle("follows", follows(message, previous));
    fill(item, message, own, members);
    return [...separators(message, previous), item];
  }

  /** Updates only what has changed; otherwise screen readers would repeat it, and selections would be lost. */
  function fill(item, message, own, members) {
    const tick = own ? room.receipts.stateOf(message, members) : "sent";
    const quoted = room.timeline.find(message.replyTo);
    const last = drawn.get(item);
    if (last?.message === message && last.tick === tick && last.quoted === quoted) return;
    drawn.set(item, { message, tick, quoted });
    fillMessage(item, message, {
      state: { tick },
      quoted,
      user: room.user,
      onReact: (key, isOn) => actions.react(message, key, isOn),
    });
  }

  function separators(message, previous) {
    const day = dateOf(message.createdAt);
    const rows = [];
    if (day && (!previous || dateOf(previous.createdAt) !== day)) {
      rows.push(remembered(`day ${day}`, () => dayElement(message.createdAt)));
    }
    const isFirstNew = message.seq > newFrom && previous && previous.seq <= newFrom;
    if (isFirstNew) rows.push(remembered("new", newElement));
    return rows;
  }

  /** Returns the rows to show. Discards rows that are no longer shown. */
  function all() {
    before = elements;
    elements = new Map();
    const members = room.conversation().members?.map(({ userId }) => userId);
    return shown.shown().flatMap((message, i, some) => rowsOf(message, some[i - 1] ?? shown.before(), members));
  }

  return {
    all,
    find: (id) => elements.get(id),
  };
}

function follows(message, previous) {
  if (!previous || previous.senderId !== message.senderId || previous.type === "system") return false;
  return Date.parse(message.createdAt) - Date.parse(previous.createdAt) < GROUPING_INTERVAL;
}

export function unsentRow(entry, room) {
  const item = messageElement(entry, { own: true, actions: {} });
  const find = (selector) => item.querySelector(selector);
  fillMessage(item, entry, {
    state: { tick: entry.failure ? "failed" : "sending", isUnsent: true },
    quoted: room.timeline.find(entry.replyTo),
    user: room.user,
  });
  find(".quote").disabled = true;
  find(".trouble").hidden = !entry.failure;
  find(".why").textContent = entry.failure ?? "";
  find(".retry").addEventListener("click", () => room.retry(entry.clientMessageId));
  find(".discard").addEventListener("click", () => room.discard(entry.clientMessageId));
  return item;
}
