/**
 * The messages of a conversation that are here: each once, in its latest state, in the server's order. One more at the
 * end costs the same however many there are.
 */
export function createTimeline() {
  const byId = new Map();
  let messages = [];
  let complete = 0;

  const append = (message) => {
    messages.push(message);
    advance();
  };

  /** Nothing is missing among the first of these. */
  function advance() {
    if (complete === 0 && messages.length > 0) complete = 1;
    while (complete < messages.length && messages[complete].seq <= messages[complete - 1].seq + 1) complete++;
  }

  function insert(arrivals) {
    messages = [...messages, ...arrivals].sort((a, b) => a.seq - b.seq);
    complete = 0;
    advance();
  }

  /** Where the first message at or after a place is. */
  function indexOf(seq) {
    let low = 0;
    let high = messages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (messages[middle].seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function replace(message) {
    const before = byId.get(message.id);
    byId.set(message.id, message);
    const at = messages.indexOf(before, indexOf(before.seq));
    if (message.seq === before.seq) messages[at] = message;
    else insert(messages.splice(at, 1) && [message]);
  }

  function take(fresh) {
    fresh.forEach((message) => byId.set(message.id, message));
    const newest = messages.at(-1)?.seq ?? 0;
    const isInOrder = fresh.every((message, i) => message.seq > (i === 0 ? newest : fresh[i - 1].seq));
    if (isInOrder) fresh.forEach(append);
    else insert(fresh);
  }

  return {
    get messages() {
      return messages;
    },
    find: (id) => byId.get(id),
    indexOf,
    /** Takes what is new, or newer than what is here, and leaves out what is no message; answers what was not here before. */
    add(arrivals) {
      const fresh = new Map();
      for (const message of (arrivals ?? []).filter(isMessage)) {
        const known = byId.get(message.id) ?? fresh.get(message.id);
        if (!known) fresh.set(message.id, message);
        else if (versionOf(known) < versionOf(message)) fresh.has(message.id) ? fresh.set(message.id, message) : replace(message);
      }
      if (fresh.size > 0) take([...fresh.values()]);
      return [...fresh.values()];
    },
    /** Changes a message that is here, unless it is further already; answers whether it did. */
    change(id, version, fields) {
      const message = byId.get(id);
      if (!message || versionOf(message) >= version) return false;
      replace({ ...message, ...fields, id, seq: message.seq, version });
      return true;
    },
    clear() {
      byId.clear();
      messages = [];
      complete = 0;
    },
    oldestSeq: () => messages[0]?.seq,
    newestSeq: () => messages.at(-1)?.seq ?? 0,
    /** Up to here nothing is missing, counted from the oldest message that is here. */
    completeTo: () => messages[complete - 1]?.seq ?? 0,
    hasHole: () => complete < messages.length,
  };
}

/** A message has an id and a place; all else it can do without. */
export const isMessage = (message) => typeof message?.id === "string" && Number.isSafeInteger(message.seq);

const versionOf = ({ version }) => version ?? 0;
