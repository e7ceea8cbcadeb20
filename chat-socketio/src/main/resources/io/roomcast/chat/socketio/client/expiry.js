/** Timers cannot wait longer than some weeks. */
const LONGEST_DELAY = 86_400_000;

/** @param {{ expiresAt?: string }} message */
const endOf = ({ expiresAt }) => (expiresAt ? Date.parse(expiresAt) : Infinity);

/**
 * Waits for the next message that expires.
 *
 * @param {import("./environment.js").Environment} environment
 * @param {() => number} now the time of the server
 * @param {() => void} work what to do then
 */
export function createExpiry(environment, now, work) {
  /** @type {unknown} */
  let timer = null;
  return {
    /** Returns whether some messages have expired, and waits for the others. @param {readonly { expiresAt?: string }[]} messages */
    watch(messages) {
      const time = now();
      const ends = messages.map(endOf);
      const next = Math.min(...ends.filter((end) => end > time));
      environment.clearTimer(timer);
      timer = next < Infinity ? environment.setTimer(work, Math.min(LONGEST_DELAY, next - time)) : null;
      return ends.some((end) => end <= time);
    },
    /** @param {{ expiresAt?: string }} message */
    isCurrent: (message) => endOf(message) > now(),
    close: () => environment.clearTimer(timer),
  };
}
