/**
 * Keeps the loaded messages of a conversation: each once, in its latest state, ordered by sequence number. Appending takes
 * constant time.
 */
export function createTimeline() {
  const byId = new Map();
  let messages = [];
  let complete = 0;

  const append = (message) => {
    messages.push(message);
    advance();
  };

  /** Advances the number of messages at the beginning between which none is missing. */
  function advance() {
    if (complete === 0 && messages.length > 0) complete = 1;
    while (complete < messages.length && messages[complete].seq <= messages[complete - 1].seq + 1) complete++;
  }

  function insert(arrivals) {
    messages = [...messages, ...arrivals].sort((a, b) => a.seq - b.seq);
    complete = 0;
    advance();
  }

  /** Returns the index of the first message with at least the sequence number. */
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

  function addNew(added) {
    added.forEach((message) => byId.set(message.id, message));
    const newest = messages.at(-1)?.seq ?? 0;
    const isInOrder = added.every((message, i) => message.seq > (i === 0 ? newest : added[i - 1].seq));
    if (isInOrder) added.forEach(append);
    else insert(added);
  }

  return {
    get messages() {
      return messages;
    },
    find: (id) => byId.get(id),
    indexOf,
    /** Adds new messages and newer states of known ones. Skips invalid ones. Returns the new messages. */
    add(arrivals) {
      const added = new Map();
      for (const message of (arrivals ?? []).filter(isMessage)) {
        const known = byId.get(message.id) ?? added.get(message.id);
        if (!known) added.set(message.id, message);
        else if (versionOf(known) < versionOf(message)) added.has(message.id) ? added.set(message.id, message) : replace(message);
      }
      if (added.size > 0) addNew([...added.values()]);
      return [...added.values()];
    },
    /** Changes a loaded message unless its version is higher already. Returns whether it was changed. */
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
    /** Returns the highest sequence number up to which no message is missing since the oldest loaded one. */
    completeTo: () => messages[complete - 1]?.seq ?? 0,
    hasGap: () => complete < messages.length,
  };
}

/** Returns whether a value is a message: it must have an id and a sequence number. */
export const isMessage = (message) => typeof message?.id === "string" && Number.isSafeInteger(message.seq);

const versionOf = ({ version }) => version ?? 0;
