const INTERVAL = 1_000;
const DELAY = 50;

/**
 * Sends receipts for delivered and read messages: only rising sequence numbers, at most once a second, and again if a
 * request fails.
 */
export function createReceiptSender({ connection, onRead }) {
  const wanted = { delivered: new Map(), read: new Map() };
  const sent = { delivered: new Map(), read: new Map() };
  let sentAt = 0;
  let timer = null;

  function sendSoon(delay = DELAY) {
    timer ??= setTimeout(send, Math.max(delay, sentAt + INTERVAL - Date.now()));
  }

  function raise(kind, id, seq) {
    if (!seq || (wanted[kind].get(id) ?? 0) >= seq) return false;
    wanted[kind].set(id, seq);
    sendSoon();
    return true;
  }

  function send() {
    timer = null;
    sentAt = Date.now();
    if (connection.state() !== "online") return;
    const items = unsent("delivered").slice(0, 100);
    if (items.length > 0) ask("delivered", "markDelivered", { items }, items);
    unsent("read").forEach((item) => ask("read", "markRead", item, [item]));
  }

  const unsent = (kind) =>
    [...wanted[kind]]
      .filter(([id, seq]) => (sent[kind].get(id) ?? 0) < seq)
      .map(([conversationId, upToSeq]) => ({ conversationId, upToSeq }));

  async function ask(kind, event, payload, items) {
    items.forEach(({ conversationId, upToSeq }) => sent[kind].set(conversationId, upToSeq));
    const answer = await connection.ask(event, payload);
    if (!answer?.retryable) return;
    items.forEach(({ conversationId }) => sent[kind].delete(conversationId));
    sendSoon(answer.retryAfterMs);
  }

  return {
    delivered: (id, seq) => raise("delivered", id, seq),
    read(id, seq) {
      if (raise("read", id, seq)) onRead(id, seq);
    },
    /** Sends all receipts again, because those sent over an earlier connection may be lost. */
    resend() {
      sent.delivered.clear();
      sent.read.clear();
      sendSoon();
    },
    close: () => clearTimeout(timer),
  };
}
