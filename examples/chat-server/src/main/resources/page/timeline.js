/** The messages of a room that are here: each once, in the server's order. */
export function createTimeline() {
  const ids = new Set();
  let messages = [];

  return {
    get messages() {
      return messages;
    },
    /** Adds what is not here yet and answers it. */
    add(arrivals) {
      const fresh = arrivals.filter((message) => !ids.has(message.id));
      fresh.forEach((message) => ids.add(message.id));
      messages = [...messages, ...fresh].sort((a, b) => a.seq - b.seq);
      return fresh;
    },
    clear() {
      ids.clear();
      messages = [];
    },
    oldestSeq: () => messages[0]?.seq,
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
