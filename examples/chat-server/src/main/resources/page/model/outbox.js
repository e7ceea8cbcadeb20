import { newMessageId } from "./message-id.js";
import { readStored } from "./stored.js";

const RETRY = 2_000;

/**
 * Stores the messages that the server has not acknowledged, in order, in this browser. Each has its clientMessageId from
 * the start, so that it is stored only once even if another tab sends it again.
 */
export function createOutbox({ user, deliver, onStored, onRefused, onChange }) {
  const prefix = `roomcast.outbox.${user}.`;
  let entries = read();
  let sending = false;
  let timer = null;

  /** Reads all entries. Each has a separate key, so that tabs do not overwrite each other's entries. */
  function read() {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => readStored(localStorage, key, null))
      .filter((entry) => typeof entry?.clientMessageId === "string" && typeof entry.content === "string")
      .sort((a, b) => a.writtenAt - b.writtenAt);
  }

  function save(entry) {
    localStorage.setItem(prefix + entry.clientMessageId, JSON.stringify(entry));
    refresh();
  }

  function remove(id) {
    localStorage.removeItem(prefix + id);
    refresh();
  }

  function refresh() {
    entries = read();
    onChange();
  }

  const find = (id) => entries.find((entry) => entry.clientMessageId === id);

  /** Sends the messages one at a time, so that they keep their order. */
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
      if (!handleAnswer(next, await deliver(message))) return;
    }
  }

  /** Handles the answer for an entry. Returns whether the next message may be sent. */
  function handleAnswer(entry, answer) {
    if (!answer) return retryAfter(RETRY);
    if (answer.success) {
      remove(entry.clientMessageId);
      onStored(answer.message);
      return true;
    }
    if (answer.retryable && answer.code !== "internal_error") return retryAfter(answer.retryAfterMs ?? RETRY);
    refuse(entry, answer);
    return true;
  }

  function refuse(entry, answer) {
    if (!answer.retryable && onRefused(entry, answer)) remove(entry.clientMessageId);
    else save({ ...entry, failure: answer.error });
  }

  function retryAfter(delay) {
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
      save({
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
      save({ ...find(id), failure: undefined });
      flush();
    },
    discard: remove,
    /** Removes a message that arrived as an event before its acknowledgement. */
    confirm(message) {
      if (message.senderId === user && find(message.clientMessageId)) remove(message.clientMessageId);
    },
    flush,
    close() {
      clearTimeout(timer);
      window.removeEventListener("storage", otherTab);
    },
  };
}
