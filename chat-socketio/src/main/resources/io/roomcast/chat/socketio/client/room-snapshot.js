/**
 * Returns what a room shows.
 *
 * @param {object} room
 * @param {string} room.conversationId
 * @param {import("./timeline.js").Timeline} room.timeline
 * @param {readonly import("../contract/chat-events").Message[]} room.pins
 * @param {import("./activity.js").Activity} room.activity
 * @param {import("./roomcast.d.ts").Details} room.details
 * @param {{ readSeq: number, seen: number, latestSeq: number }} room.reading
 * @param {import("./roomcast.d.ts").CallSummary} [room.call]
 * @param {import("../contract/chat-events").Failure} [room.failure]
 * @param {import("./roomcast.d.ts").OutboxEntry[]} room.unsent
 * @param {import("./roomcast.d.ts").Unsent[]} room.uploads the unsent messages whose files are being uploaded
 * @param {string} [room.userId]
 * @returns {import("./roomcast.d.ts").RoomSnapshot}
 */
export function snapshotOf({ conversationId, timeline, pins, activity, details, reading, call, failure, unsent, uploads, userId = "" }) {
  const { rows, sent, apart, hasOlder, hasNewer, loaded, seq, head } = timeline;
  // While the newest page is loaded, the rows before it stay.
  const waiting = [...unsent.map((entry) => unsentRow(entry, userId)), ...uploads];
  if (uploads.length > 0) waiting.sort((a, b) => a.position - b.position);
  const tail = hasNewer && loaded ? [] : [...sent, ...waiting];
  const latestSeq = Math.max(seq, head.seq, reading.latestSeq);
  return Object.freeze({
    conversationId,
    status: failure ? "closed" : loaded ? "ready" : "loading",
    ...(failure && { failure }),
    ...(call && { call }),
    messages: tail.length === 0 ? rows : [...rows, ...tail],
    apart,
    pins,
    details,
    hasOlder,
    hasNewer,
    latestSeq,
    readSeq: reading.readSeq,
    unread: Math.max(0, latestSeq - reading.seen),
    online: activity.online,
    large: activity.large,
    typing: Object.keys(activity.typing),
    typingCount: Math.max(activity.typists.count, Object.keys(activity.typing).length),
    viewers: activity.viewers,
    uploads: Object.values(activity.uploads)
      .filter((upload) => upload.userId !== userId)
      .map(({ until, ...upload }) => upload),
    receipts: { delivered: activity.delivered, read: activity.read },
  });
}

/**
 * @param {import("./roomcast.d.ts").OutboxEntry} entry
 * @param {string} userId
 * @returns {import("./roomcast.d.ts").Unsent}
 */
const unsentRow = (entry, userId) => ({
  ...entry,
  id: entry.clientMessageId,
  senderId: entry.senderId ?? userId,
  type: entry.type ?? "text",
  status: entry.failure ? "failed" : "sending",
});
