import { newMessageId } from "./message-id.js";

const RETRY = 2_000;

/**
 * What was written and is not stored yet, in order, kept with the tab. Each message has its clientMessageId from the
 * start, so that sending it again can never make a second one.
 */
export function createOutbox({ place, deliver, onStored, onRefused, onChange }) {
  const key = `roomcast.outbox.${place.name}.${place.room}`;
  let entries = JSON.parse(sessionStorage.getItem(key) ?? "[]");
  let sending = false;
  let timer = null;

  function keep(changed) {
    entries = changed;
    sessionStorage.setItem(key, JSON.stringify(entries));
    onChange();
  }

  const without = (id) => entries.filter((entry) => entry.clientMessageId !== id);
  const marked = (id, marks) => entries.map((entry) => (entry.clientMessageId === id ? { ...entry, ...marks } : entry));

  /** One at a time, so that they arrive in the order they were written in. */
  async function flush() {
    if (sending) return;
    sending = true;
    try {
      await deliverAll();
    } finally {
      sending = false;
    }
  }

  async function deliverAll() {
    let next;
    while ((next = entries.find((entry) => !entry.failure))) {
      if (!settle(next, await deliver(next))) return;
    }
  }

  /** Whether the next one may go. */
  function settle(entry, answer) {
    if (!answer) return false;
    if (answer.success) {
      keep(without(entry.clientMessageId));
      onStored(answer.message);
      return true;
    }
    if (answer.retryAfterMs) {
      again(answer.retryAfterMs);
      return false;
    }
    refuse(entry, answer);
    return true;
  }

  function refuse(entry, answer) {
    const taken = !answer.retryable && onRefused(entry, answer);
    keep(taken ? without(entry.clientMessageId) : marked(entry.clientMessageId, { failure: answer.error }));
  }

  function again(delay) {
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
  }

  return {
    get entries() {
      return entries;
    },
    add(content) {
      const entry = {
        conversationId: place.room,
        senderId: place.name,
        content,
        type: "text",
        clientMessageId: newMessageId(),
      };
      keep([...entries, { ...entry, createdAt: new Date().toISOString() }]);
      flush();
    },
    retry(id) {
      keep(marked(id, { failure: undefined }));
      flush();
    },
    discard: (id) => keep(without(id)),
    /** The message came back in the room before its own answer did. */
    confirm(message) {
      const stored = entries.find((entry) => entry.clientMessageId === message.clientMessageId);
      if (stored && message.senderId === place.name) keep(without(stored.clientMessageId));
    },
    flush,
    retrySoon: () => entries.length > 0 && again(RETRY),
    close: () => clearTimeout(timer),
  };
}
