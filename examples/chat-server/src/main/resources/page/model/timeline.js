/** The messages of a conversation that are here: each once, in its latest state, in the server's order. */
export function createTimeline() {
  const byId = new Map();
  let messages = [];

  function sort() {
    messages = [...byId.values()].sort((a, b) => a.seq - b.seq);
  }

  return {
    get messages() {
      return messages;
    },
    find: (id) => byId.get(id),
    /** Takes what is new, or newer than what is here; answers what was not here before. */
    add(arrivals) {
      const fresh = arrivals.filter((message) => !byId.has(message.id));
      arrivals
        .filter((message) => !byId.has(message.id) || byId.get(message.id).version < message.version)
        .forEach((message) => byId.set(message.id, message));
      sort();
      return fresh;
    },
    /** Changes a message that is here, unless it is further already; answers whether it did. */
    change(id, version, fields) {
      const message = byId.get(id);
      if (!message || message.version >= version) return false;
      byId.set(id, { ...message, ...fields, version });
      sort();
      return true;
    },
    clear() {
      byId.clear();
      messages = [];
    },
    oldestSeq: () => messages[0]?.seq,
    newestSeq: () => messages.at(-1)?.seq ?? 0,
    /** Up to here nothing is missing, counted from the oldest message that is here. */
    completeTo() {
      const hole = messages.findIndex((message, i) => i > 0 && message.seq > messages[i - 1].seq + 1);
      return (hole < 0 ? messages.at(-1) : messages[hole - 1])?.seq ?? 0;
    },
    hasHole() {
      return messages.length > 0 && this.completeTo() < messages.at(-1).seq;
    },
  };
}
