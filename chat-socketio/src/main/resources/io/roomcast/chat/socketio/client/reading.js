/**
 * How far the user has read, as pure functions of immutable states. Messages up to `seen` do not count as unread. It is
 * below `readSeq` after the user has marked messages as unread.
 *
 * @typedef {{ readSeq: number, seen: number, latestSeq: number }} Reading
 */

/** @type {Reading} */
export const NOTHING_READ = { readSeq: 0, seen: 0, latestSeq: 0 };

/** The server has counted. @param {Reading} reading @param {{ readSeq: number, latestSeq: number, unread: number }} counts @returns {Reading} */
export function withCounts(reading, { readSeq, latestSeq, unread }) {
  const seen = latestSeq - unread;
  return {
    readSeq: Math.max(reading.readSeq, readSeq),
    seen: seen < readSeq ? seen : Math.max(reading.seen, seen),
    latestSeq: Math.max(reading.latestSeq, latestSeq),
  };
}

/** The user has read up to a message. @param {Reading} reading @param {number} seq @returns {Reading} */
export const withRead = (reading, seq) => ({ ...reading, readSeq: Math.max(seq, reading.readSeq), seen: seq });
