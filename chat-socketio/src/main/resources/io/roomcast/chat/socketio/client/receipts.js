const INTERVAL = 1_000;
const MAX_ITEMS = 100;
/** @typedef {"delivered" | "read"} Kind */

/**
 * Sends receipts: only rising ones, at most once a second, and again on a new connection. What is read waits until the
 * page is visible.
 *
 * @param {object} parts
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 */
export function createReceipts({ environment, connection }) {
  /** @type {Record<Kind, Map<string, number>>} */
  const wanted = { delivered: new Map(), read: new Map() };
  /** @type {Record<Kind, Map<string, number>>} */
  const sent = { delivered: new Map(), read: new Map() };
  /** @type {unknown} */
  let timer = null;
  const endListening = environment.listen("visibilitychange", () => soon());

  function soon(delay = INTERVAL / 4) {
    timer ??= environment.setTimer(send, delay);
  }

  /** @param {Kind} kind */
  const unsent = (kind) =>
    [...wanted[kind]]
      .filter(([id, seq]) => (sent[kind].get(id) ?? 0) < seq)
      .map(([conversationId, upToSeq]) => ({ conversationId, upToSeq }));

  function send() {
    timer = null;
    if (!connection.session()?.userId) return;
    const delivered = unsent("delivered").slice(0, MAX_ITEMS);
    const read = environment.isVisible() ? unsent("read") : [];
    if (delivered.length > 0) void ask("delivered", "markDelivered", { items: delivered }, delivered);
    read.slice(0, 3).forEach((item) => void ask("read", "markRead", item, [item]));
    if (delivered.length + read.length > 0) soon(INTERVAL);
  }

  /**
   * @param {Kind} kind
   * @param {string} event
   * @param {object} payload
   * @param {{ conversationId: string, upToSeq: number }[]} items
   */
  async function ask(kind, event, payload, items) {
    items.forEach(({ conversationId, upToSeq }) => sent[kind].set(conversationId, upToSeq));
    const answer = await connection.request(event, payload);
    if (answer.success || !connection.isOnline()) return;
    // A list is refused as a whole, for example because of one room that is now closed to the user.
    if (!answer.retryable && items.length > 1) return void items.forEach((item) => ask(kind, event, item, [item]));
    if (!answer.retryable) return;
    items.forEach(({ conversationId }) => sent[kind].delete(conversationId));
    soon(answer.retryAfterMs || INTERVAL);
  }

  return {
    /**
     * @param {Kind} kind
     * @param {string} conversationId
     * @param {number} seq
     * @param {boolean} [again] whether the server is to receive it although it knows it
     */
    raise(kind, conversationId, seq, again = false) {
      if (!again && seq <= (wanted[kind].get(conversationId) ?? 0)) return;
      if (again) sent[kind].delete(conversationId);
      wanted[kind].set(conversationId, seq);
      soon();
    },
    /** Positions of another epoch are invalid. */
    reset() {
      [wanted, sent].forEach(({ delivered, read }) => (delivered.clear(), read.clear()));
    },
    /** Sends all receipts again, because those sent over an earlier connection may be lost. */
    resend() {
      sent.delivered.clear();
      sent.read.clear();
      soon();
    },
    close() {
      environment.clearTimer(timer);
      endListening();
    },
  };
}
