import { newMessageId } from "./message-id.js";
import { readStored } from "./stored.js";

const RETRY = 2_000;

/**
 * What a user wrote and is not stored yet, in order, kept in this browser. Each message has its clientMessageId from the
 * start, so that sending it again, even from another tab, can never make a second one.
 */
export function createOutbox({ user, deliver, onStored, onRefused, onChange }) {
  const prefix = `roomcast.outbox.${user}.`;
  let entries = read();
  let sending = false;
  let timer = null;

  /** Each has a key of its own, so that tabs do not overwrite each other's. */
  function read() {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => readStored(localStorage, key, null))
      .filter((entry) => typeof entry?.clientMessageId === "string" && typeof entry.content === "string")
      .sort((a, b) => a.writtenAt - b.writtenAt);
  }

  function keep(entry) {
    localStorage.setItem(prefix + entry.clientMessageId, JSON.stringify(entry));
    refresh();
  }

  function drop(id) {
    localStorage.removeItem(prefix + id);
    refresh();
  }

  function refresh() {
    entries = read();
    onChange();
  }

  const find = (id) => entries.find((entry) => entry.clientMessageId === id);

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
      const { failure, writtenAt, createdAt, ...message } = next;
      if (!settle(next, await deliver(message))) return;
    }
  }

  /** Whether the next one may go. */
  function settle(entry, answer) {
    if (!answer) return again(RETRY);
    if (answer.success) {
      drop(entry.clientMessageId);
      onStored(answer.message);
      return true;
    }
    if (answer.retryable && answer.code !== "internal_error") return again(answer.retryAfterMs ?? RETRY);
    refuse(entry, answer);
    return true;
  }

  function refuse(entry, answer) {
    if (!answer.retryable && onRefused(entry, answer)) drop(entry.clientMessageId);
    else keep({ ...entry, failure: answer.error });
  }

  function again(delay) {
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
    return false;
  }

  const otherTab = (event) => event.key?.startsWith(prefix) && refresh();
  window.addEventListener("storage", otherTab);

  return {
    entriesOf: (conversationId) => entries.filter((entry) => entry.conversationId === conversationId),
    add({ conversationId, content, replyTo }) {
      const now = performance.timeOrigin + performance.now();
      keep({
        conversationId,
        senderId: user,
        content,
        type: "text",
        ...(replyTo && { replyTo }),
        clientMessageId: newMessageId(),
        createdAt: new Date(now).toISOString(),
        writtenAt: now,
      });
      flush();
    },
    retry(id) {
      keep({ ...find(id), failure: undefined });
      flush();
    },
    discard: drop,
    /** The message came back in the room before its own answer did. */
    confirm(message) {
      if (message.senderId === user && find(message.clientMessageId)) drop(message.clientMessageId);
    },
    flush,
    close() {
      clearTimeout(timer);
      window.removeEventListener("storage", otherTab);
    },
  };
}
