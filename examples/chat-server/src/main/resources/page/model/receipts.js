/** How far everybody's devices and eyes have come in one conversation. */
export function createReceipts(own) {
  const delivered = new Map();
  const read = new Map();

  function raise(marks, { userId, upToSeq } = {}) {
    if (typeof userId !== "string") return;
    if ((marks.get(userId) ?? 0) < upToSeq) marks.set(userId, upToSeq);
  }

  /** Where nobody says who belongs here, those count who have been heard of. */
  function others(memberIds) {
    const known = memberIds?.length ? memberIds : [...delivered.keys(), ...read.keys()];
    return [...new Set(known)].filter((userId) => userId !== own);
  }

  const reached = (marks, userId, seq) => (marks.get(userId) ?? 0) >= seq;

  return {
    delivered: (receipt) => raise(delivered, receipt),
    read: (receipt) => raise(read, receipt),
    addAll(receipts) {
      receipts.delivered?.forEach((receipt) => raise(delivered, receipt));
      receipts.read?.forEach((receipt) => raise(read, receipt));
    },
    /** Who writes has read what stands before; no receipt tells of it. */
    wrote(messages) {
      const spoken = messages.filter(({ type }) => type !== "system");
      spoken.forEach(({ senderId, seq }) => raise(read, { userId: senderId, upToSeq: seq }));
    },
    users: () => [...new Set([...delivered.keys(), ...read.keys()])],
    /** What an own message's tick says: a message is read when everybody has read it. */
    stateOf({ seq }, memberIds) {
      const audience = others(memberIds);
      if (audience.length === 0) return "sent";
      if (audience.every((userId) => reached(read, userId, seq))) return "read";
      const arrived = (userId) => reached(delivered, userId, seq) || reached(read, userId, seq);
      return audience.every(arrived) ? "delivered" : "sent";
    },
    readersOf: ({ seq }) => others([...read.keys()]).filter((userId) => reached(read, userId, seq)),
  };
}
