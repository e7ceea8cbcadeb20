const EVERY = 1_000;
const SOON = 50;

/**
 * Tells the server what has arrived and what has been read: only forwards, at once and then no more than once a second, as
 * many times as it takes.
 */
export function createMarks({ connection, onRead }) {
  const wanted = { delivered: new Map(), read: new Map() };
  const told = { delivered: new Map(), read: new Map() };
  let toldAt = 0;
  let timer = null;

  function soon(delay = SOON) {
    timer ??= setTimeout(tell, Math.max(delay, toldAt + EVERY - Date.now()));
  }

  function raise(kind, id, seq) {
    if (!seq || (wanted[kind].get(id) ?? 0) >= seq) return false;
    wanted[kind].set(id, seq);
    soon();
    return true;
  }

  function tell() {
    timer = null;
    toldAt = Date.now();
    if (connection.state() !== "online") return;
    const items = newsOf("delivered").slice(0, 100);
    if (items.length > 0) ask("delivered", "markDelivered", { items }, items);
    newsOf("read").forEach((item) => ask("read", "markRead", item, [item]));
  }

  const newsOf = (kind) =>
    [...wanted[kind]]
      .filter(([id, seq]) => (told[kind].get(id) ?? 0) < seq)
      .map(([conversationId, upToSeq]) => ({ conversationId, upToSeq }));

  async function ask(kind, event, payload, items) {
    items.forEach(({ conversationId, upToSeq }) => told[kind].set(conversationId, upToSeq));
    const answer = await connection.ask(event, payload);
    if (!answer?.retryable) return;
    items.forEach(({ conversationId }) => told[kind].delete(conversationId));
    soon(answer.retryAfterMs);
  }

  return {
    delivered: (id, seq) => raise("delivered", id, seq),
    read(id, seq) {
      if (raise("read", id, seq)) onRead(id, seq);
    },
    /** What was told to a connection that is gone may not have arrived. */
    again() {
      told.delivered.clear();
      told.read.clear();
      soon();
    },
    close: () => clearTimeout(timer),
  };
}
