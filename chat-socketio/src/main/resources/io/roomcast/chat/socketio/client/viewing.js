/** Short visits are not reported, and the server relays no more than this. */
const DELAY = 400;
const INTERVAL = 3_000;

/**
 * Reports whether the user looks at the room: while the page is visible, and again on a new connection.
 *
 * @param {object} parts
 * @param {string} parts.conversationId
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 * @param {() => string | undefined} parts.user
 * @param {(viewers: string[]) => void} parts.onViewers
 */
export function createViewing({ conversationId, environment, connection, user, onViewers }) {
  let isWanted = false;
  let isReported = false;
  let isInside = false;
  let sentAt = -INTERVAL;
  /** @type {unknown} */
  let timer = null;
  const endListening = environment.listen("visibilitychange", () => soon());
  const payload = () => ({ conversationId, userId: user() });

  function soon(delay = DELAY) {
    timer ??= environment.setTimer(report, Math.max(delay, sentAt + INTERVAL - environment.now()));
  }

  async function report() {
    timer = null;
    const isViewing = isWanted && environment.isVisible();
    if (!isInside || isViewing === isReported) return;
    isReported = isViewing;
    sentAt = environment.now();
    const at = connection.session();
    const answer = await connection.request(isViewing ? "viewing" : "stopViewing", payload());
    if (at !== connection.session()) return;
    if (answer.viewers) onViewers(answer.viewers.filter((/** @type {string} */ id) => id !== user()));
    if (!answer.retryable) return;
    isReported = !isViewing;
    soon(answer.retryAfterMs);
  }

  return {
    /** @param {boolean} isViewing */
    set(isViewing) {
      isWanted = isViewing;
      soon();
    },
    /** The room was joined. */
    entered() {
      isInside = true;
      soon();
    },
    /** The room was left, which ends viewing at the server too. */
    left() {
      isInside = false;
      isReported = false;
    },
    close() {
      environment.clearTimer(timer);
      endListening();
    },
  };
}
