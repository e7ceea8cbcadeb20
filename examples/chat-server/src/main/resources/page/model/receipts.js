/** Tracks the highest sequence numbers delivered to and read by each user in one conversation. */
export function createReceipts(own) {
  const delivered = new Map();
  const read = new Map();

  function raise(receipts, { userId, upToSeq } = {}) {
    if (typeof userId !== "string") return;
    if ((receipts.get(userId) ?? 0) < upToSeq) receipts.set(userId, upToSeq);
  }

  /** Returns the other users: the members if they are known, and otherwise the users with a receipt. */
  function others(memberIds) {
    const known = memberIds?.length ? memberIds : [...delivered.keys(), ...read.keys()];
    return [...new Set(known)].filter((userId) => userId !== own);
  }

  const reached = (receipts, userId, seq) => (receipts.get(userId) ?? 0) >= seq;

  return {
    delivered: (receipt) => raise(delivered, receipt),
    read: (receipt) => raise(read, receipt),
    addAll(receipts) {
      receipts.delivered?.forEach((receipt) => raise(delivered, receipt));
      receipts.read?.forEach((receipt) => raise(read, receipt));
    },
    /** Records senders as readers of their own and all earlier messages, because the server sends no receipt for that. */
    addSenders(messages) {
      const userMessages = messages.filter(({ type }) => type !== "system");
      userMessages.forEach(({ senderId, seq }) => raise(read, { userId: senderId, upToSeq: seq }));
    },
    users: () => [...new Set([...delivered.keys(), ...read.keys()])],
    /** Returns the state of an own message. It is delivered or read once that is true for all other users. */
    stateOf({ seq }, memberIds) {
      const recipients = others(memberIds);
      if (recipients.length === 0) return "sent";
      if (recipients.every((userId) => reached(read, userId, seq))) return "read";
      const arrived = (userId) => reached(delivered, userId, seq) || reached(read, userId, seq);
      return recipients.every(arrived) ? "delivered" : "sent";
    },
    readersOf: ({ seq }) => others([...read.keys()]).filter((userId) => reached(read, userId, seq)),
  };
}
