/**
 * What a room requests besides its messages, such as receipts: on each connection, once it is wanted.
 *
 * @param {object} room
 * @param {Record<string, () => Promise<any>>} room.requests by the name of the part
 * @param {() => boolean} room.isOnline
 * @param {() => void} room.work loads what is missing when the messages are complete
 * @param {(delay?: number) => void} room.retry
 * @param {() => void} room.show
 */
export function createRoomParts({ requests, isOnline, work, retry, show }) {
  /** @type {Set<string>} */
  const wanted = new Set();
  let missing = new Set(wanted);

  /** @param {string} part */
  async function load(part) {
    missing.delete(part);
    const answer = await requests[part]();
    if (answer.retryable && isOnline()) {
      missing.add(part);
      retry(answer.retryAfterMs);
    }
    show();
  }

  /** Loads a part now and on each connection. @param {string} part */
  function want(part) {
    wanted.add(part);
    missing.add(part);
    work();
  }

  return {
    want,
    /** Loads a part again, unless it has not been wanted. @param {string} part */
    reload: (part) => void (wanted.has(part) && want(part)),
    /** @param {string} part */
    isWanted: (part) => wanted.has(part),
    /** Nothing is loaded, or it is outdated. */
    reset: () => void (missing = new Set(wanted)),
    loadMissing: () => missing.forEach(load),
  };
}
