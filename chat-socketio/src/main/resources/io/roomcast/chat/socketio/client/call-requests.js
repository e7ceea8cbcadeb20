import { CANCELLED } from "./call-failures.js";

/**
 * @typedef {{ callId: string, key: string, after: number }} Place
 */

const PAUSE = 500;
/** How long a request is repeated whose answer was lost. */
const PATIENCE = 20_000;
/** What the client answers if it is not known whether the server has carried out a request. */
const UNCLEAR = ["unavailable", "timeout", "server_draining"];
/** What an attempt whose answer was lost may have caused. */
const ELSEWHERE = ["answered_elsewhere"];

/**
 * The requests of a call that outlast a lost connection.
 *
 * @param {object} parts
 * @param {import("./roomcast.d.ts").Chat} parts.chat
 * @param {import("./call-browser.js").CallBrowser} parts.browser
 */
export function createCallRequests({ chat, browser }) {
  /** A call whose end the server may not know. @type {(Place & { forAll: boolean }) | null} */
  let leaving = null;
  /** Ends when no call is being left. @type {Promise<unknown>} */
  let left = Promise.resolve();
  let closed = false;
  /** @type {Set<{ timer: unknown, end: () => void }>} */
  const pauses = new Set();

  /** @param {string} event @param {object} payload @returns {Promise<any>} */
  const send = (event, payload) => /** @type {any} */ (chat).request(event, payload);

  /** @returns {Promise<void>} */
  function pause() {
    return new Promise((resolve) => {
      const end = () => {
        pauses.delete(entry);
        resolve();
      };
      const entry = { timer: browser.setTimer(end, PAUSE), end };
      pauses.add(entry);
    });
  }

  /**
   * Repeats a request while its answer is lost.
   *
   * @param {string} event
   * @param {object} payload
   * @param {() => boolean} isWanted
   * @param {readonly string[]} [after] codes that an attempt whose answer was lost may have caused
   * @param {readonly string[]} [more] other codes after which the request is repeated
   */
  async function repeat(event, payload, isWanted, after = [], more = []) {
    const until = browser.now() + PATIENCE;
    for (let isUnclear = false; ; await pause()) {
      // Another call is requested once the last one is left: they may be the same one.
      await left;
      await leavingBy(endAgain());
      if (!isUnclear && !isWanted()) return CANCELLED;
      const answer = await send(event, payload);
      if (answer.success) return answer;
      const isLost = UNCLEAR.includes(answer.code);
      isUnclear ||= isLost;
      const mayRepeat = isLost || more.includes(answer.code) || (isUnclear && after.includes(answer.code));
      if (!mayRepeat || closed || !isWanted() || browser.now() > until) return { ...answer, isUnclear };
    }
  }

  /**
   * Takes part in a call. Until the server notices that the connection of an earlier attempt is lost, another attempt looks
   * as if it came from another device.
   *
   * @param {string} event
   * @param {object} payload
   * @param {() => boolean} isWanted
   */
  const join = (event, payload, isWanted) => repeat(event, payload, isWanted, ELSEWHERE);

  /** Does what leaves a call, before another one is joined: it may be the same call. @template T @param {Promise<T>} work */
  function leavingBy(work) {
    left = Promise.all([left, work]).catch(() => {});
    return work;
  }

  /** @param {Place} place @param {boolean} forAll */
  async function end({ callId, key, after }, forAll) {
    const answer = await send("endCall", { callId, ...(forAll && { forAll }) });
    if (answer.code === "forbidden" && forAll) await send("endCall", { callId });
    if (UNCLEAR.includes(answer.code)) leaving = { callId, key, after, forAll };
    return answer.code === "call_not_found" ? { success: true } : answer;
  }

  async function endAgain() {
    const place = leaving;
    leaving = null;
    if (!place) return;
    const { callId, key, after, forAll } = place;
    const answer = await send("rejoinCall", { callId, key, after });
    if (answer.success) await end(place, forAll);
    else if (UNCLEAR.includes(answer.code)) leaving = place;
  }

  return {
    send,
    repeat,
    join,
    /** Starts a call. One that was found may have ended before it could be joined. @param {object} payload @param {() => boolean} isWanted */
    start: (payload, isWanted) => repeat("startCall", payload, isWanted, ELSEWHERE, ["call_not_found"]),
    /** Leaves a call. @param {Place} place @param {boolean} [forAll] @returns {Promise<any>} */
    leave: (place, forAll = false) => leavingBy(end(place, forAll)),
    /**
     * Takes part again after a reload.
     *
     * @param {{ callId: string, key: string }} place
     * @param {() => boolean} isWanted
     * @param {boolean} isAgain whether the page was loaded again while it returned
     */
    async resume({ callId, key }, isWanted, isAgain) {
      const codes = isAgain ? ELSEWHERE : [];
      const answer = await repeat("rejoinCall", { callId, key, fresh: true }, isWanted, ELSEWHERE, codes);
      // The answer to an earlier attempt was lost, and with it the new key.
      const isKeyLost = answer.code === "call_not_found" && (isAgain || answer.isUnclear);
      return isKeyLost ? repeat("acceptCall", { callId }, isWanted, ELSEWHERE, codes) : answer;
    },
    /** There is a new connection. Ends the call whose end the server may not know. */
    connected: () => void leavingBy(endAgain()),
    close() {
      closed = true;
      pauses.forEach(({ timer, end }) => {
        browser.clearTimer(timer);
        end();
      });
    },
  };
}
