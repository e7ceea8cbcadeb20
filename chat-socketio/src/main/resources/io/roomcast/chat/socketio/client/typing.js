const IDLE = 4_000;

/**
 * Reports that the user types: at most as often as the server relays it, and its end after a pause.
 *
 * @param {object} parts
 * @param {string} parts.conversationId
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 * @param {() => string | undefined} parts.user
 */
export function createTyping({ conversationId, environment, connection, user }) {
  let sentAt = 0;
  /** @type {unknown} */
  let idle = null;
  const payload = () => ({ conversationId, userId: user() });

  function stop() {
    environment.clearTimer(idle);
    if (sentAt > 0) connection.send("stopTyping", payload());
    sentAt = 0;
  }

  return {
    stop,
    typed() {
      environment.clearTimer(idle);
      idle = environment.setTimer(stop, IDLE);
      const interval = connection.session()?.limits?.typingIntervalMs ?? 2_000;
      if (sentAt > 0 && environment.now() - sentAt < interval) return;
      sentAt = environment.now();
      connection.send("typing", payload());
    },
    /** The server ends typing with a message. */
    sent() {
      environment.clearTimer(idle);
      sentAt = 0;
    },
  };
}
