const TOGETHER = 400;

/**
 * Tells the server what has arrived and what has been read: only forwards, and not more often than a few times a second.
 */
export function createMarks({ connection, onRead }) {
  const delivered = new Map();
  const read = new Map();
  let told = new Map();
  let timer = null;

  const soon = () => {
    timer ??= setTimeout(tell, TOGETHER);
  };

  function raise(marks, id, seq) {
    if (!seq || (marks.get(id) ?? 0) >= seq) return false;
    marks.set(id, seq);
    soon();
    return true;
  }

  function tell() {
    timer = null;
    const items = [...delivered].map(([conversationId, upToSeq]) => ({ conversationId, upToSeq }));
    const news = items.filter(({ conversationId, upToSeq }) => isNews("delivered", conversationId, upToSeq));
    if (news.length > 0) connection.ask("markDelivered", { items: news.slice(0, 100) });
    for (const [conversationId, upToSeq] of read) {
      if (isNews("read", conversationId, upToSeq)) connection.ask("markRead", { conversationId, upToSeq });
    }
  }

  function isNews(kind, id, seq) {
    const key = `${kind} ${id}`;
    if (connection.state() !== "online" || (told.get(key) ?? 0) >= seq) return false;
    told.set(key, seq);
    return true;
  }

  return {
    delivered: (id, seq) => raise(delivered, id, seq),
    read(id, seq) {
      if (raise(read, id, seq)) onRead(id, seq);
    },
    /** What was told to a connection that is gone may not have arrived. */
    again() {
      told = new Map();
      soon();
    },
    close: () => clearTimeout(timer),
  };
}
