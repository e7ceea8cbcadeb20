import { withReceipts } from "./activity.js";

/**
 * How far the user has read. Messages up to `seen` do not count as unread. It is below `readSeq` after the user has marked
 * messages as unread.
 *
 * @typedef {{ readSeq: number, seen: number, latestSeq: number }} Reading
 * @typedef {import("../contract/chat-events").Receipt} Receipt
 */

/** @type {Reading} */
const NOTHING_READ = { readSeq: 0, seen: 0, latestSeq: 0 };

/**
 * Keeps how far users have read a room.
 *
 * @param {object} parts
 * @param {string} parts.conversationId
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 * @param {ReturnType<import("./receipts.js").createReceipts>} parts.receipts
 * @param {ReturnType<import("./room-activity.js").createRoomActivity>} parts.activity
 * @param {() => string | undefined} parts.user
 * @param {(event: string, payload: object) => Promise<any>} parts.ask
 */
export function createReading({ conversationId, connection, receipts, activity, user, ask }) {
  let reading = NOTHING_READ;

  /** @param {{ delivered: readonly Receipt[], read: readonly Receipt[] }} all */
  function add({ delivered, read }) {
    activity.set(withReceipts(withReceipts(activity.get(), "delivered", delivered), "read", read));
    const own = read.find(({ userId }) => userId === user());
    if (own && own.upToSeq > reading.readSeq) reading = { ...reading, readSeq: own.upToSeq, seen: own.upToSeq };
  }

  return {
    get: () => reading,
    add,
    /** The messages that were counted no longer exist. */
    forget: () => void (reading = NOTHING_READ),
    /** The server has counted. @param {{ readSeq: number, latestSeq: number, unread: number }} counts */
    counted({ readSeq, latestSeq, unread }) {
      const seen = latestSeq - unread;
      reading = {
        readSeq: Math.max(reading.readSeq, readSeq),
        seen: seen < readSeq ? seen : Math.max(reading.seen, seen),
        latestSeq: Math.max(reading.latestSeq, latestSeq),
      };
    },
    /** The server sends no receipts of a sender for the sender's own message. @param {import("../contract/chat-events").Message} message */
    sent({ senderId, seq, createdAt }) {
      const receipt = { conversationId, userId: senderId, upToSeq: seq, at: createdAt };
      // Without authentication it has no receipts at all.
      if (connection.session()?.userId) add({ delivered: [receipt], read: [receipt] });
    },
    async load() {
      if (!connection.session()?.userId) return {};
      const answer = await ask("getReceipts", {});
      if (answer.success) add(answer);
      return answer;
    },
    /** The user has seen messages. Returns whether this is new. @param {number} seq */
    mark(seq) {
      const { readSeq, seen } = reading;
      if (seq < seen) return false;
      // Also the position of the first join, which others do not know. The server ignores what it has.
      if (seq > 0) receipts.raise("read", conversationId, seq, seen < readSeq);
      reading = { ...reading, readSeq: Math.max(seq, readSeq), seen: seq };
      return seq > seen;
    },
  };
}
