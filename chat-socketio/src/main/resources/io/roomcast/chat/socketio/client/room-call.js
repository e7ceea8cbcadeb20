/**
 * @typedef {import("./roomcast.d.ts").CallSummary} CallSummary
 */

/** The call of a conversation, as far as the room knows it. */
export function createRoomCall() {
  /** @type {CallSummary | undefined} */
  let call;
  let changes = 0;
  /** How many changes preceded the request to join. */
  let requested = 0;

  return {
    get: () => call,
    requested: () => void (requested = changes),
    /** The answer to a join. An event that arrived meanwhile is newer. @param {CallSummary} [answered] */
    entered: (answered) => void (call = requested === changes ? answered : call),
    forget: () => void (call = undefined),
    /** Returns whether the call has changed. @param {string} event @param {any} payload */
    receive(event, { callId, media, continues }) {
      // With `continues` only the ringing has ended.
      if ((event !== "callStarted" && event !== "callEnded") || continues) return false;
      changes++;
      const before = call;
      if (event === "callStarted") call = { callId, media, peers: [], startedAt: new Date().toISOString() };
      else if (callId === call?.callId) call = undefined;
      return call !== before;
    },
  };
}
