import { isLine } from "./file-facts.js";

/** Tracks up to which message the other users of one conversation have received and read. */
export function createTicks(own) {
  const senders = new Map();
  let read = new Map();
  let delivered = new Map();
  let all = { delivered: 0, read: 0 };

  /** Records senders as readers of their own and all earlier messages, because the server sends no receipt for that. */
  function addSender({ senderId, seq, type, status }) {
    if (status || isLine({ type }) || typeof senderId !== "string") return;
    if ((senders.get(senderId) ?? 0) < seq) senders.set(senderId, seq);
  }

  return {
    update({ messages, receipts, members }) {
      messages.forEach(addSender);
      read = raised(senders, receipts.read);
      delivered = raised(read, receipts.delivered);
      const names = members?.length ? members.map((member) => member?.userId) : [...delivered.keys()];
      const others = names.filter((userId) => typeof userId === "string" && userId !== own);
      const reached = (receipt) => (others.length === 0 ? 0 : Math.min(...others.map((userId) => receipt.get(userId) ?? 0)));
      all = { delivered: reached(delivered), read: reached(read) };
    },
    /** Returns the state of an own message. It is delivered or read once that is true for all other users. */
    of({ seq }) {
      if (seq <= all.read) return "read";
      return seq <= all.delivered ? "delivered" : "sent";
    },
    readersOf: ({ seq }) => [...read.keys()].filter((userId) => userId !== own && read.get(userId) >= seq),
    users: () => [...delivered.keys()],
  };
}

/** Returns the higher of both for each user. */
function raised(known, receipts) {
  const higher = new Map(known);
  for (const [userId, seq] of Object.entries(receipts)) if ((higher.get(userId) ?? 0) < seq) higher.set(userId, seq);
  return higher;
}
