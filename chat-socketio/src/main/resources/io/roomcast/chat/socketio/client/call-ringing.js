/**
 * @typedef {import("./roomcast-calls.d.ts").IncomingCall} IncomingCall
 */

/** The server says again which calls ring, so long after a new connection at most. */
const CONFIRM = 5_000;

/**
 * The calls that ring on this device.
 *
 * @param {import("./call-browser.js").CallBrowser} browser
 * @param {() => void} onChange
 */
export function createRinging(browser, onChange) {
  /** @type {readonly IncomingCall[]} */
  let calls = [];
  /** @type {Map<string, { timer: unknown, until: number }>} */
  const timers = new Map();

  /** @param {string} callId */
  function remove(callId) {
    browser.clearTimer(timers.get(callId)?.timer);
    if (!timers.delete(callId)) return;
    calls = calls.filter((call) => call.callId !== callId);
    onChange();
  }

  /** @param {string} callId @param {number} ringMs */
  function ringFor(callId, ringMs) {
    browser.clearTimer(timers.get(callId)?.timer);
    timers.set(callId, { timer: browser.setTimer(() => remove(callId), ringMs), until: browser.now() + ringMs });
  }

  return {
    get: () => calls,
    /** @param {string} callId */
    find: (callId) => calls.find((call) => call.callId === callId),
    /** @param {import("../contract/chat-events").IncomingCallEvent} event */
    add({ callId, conversationId, from, media, ringMs }) {
      const isNew = !timers.has(callId);
      ringFor(callId, ringMs);
      if (!isNew) return;
      calls = [...calls, Object.freeze({ callId, conversationId, from, media })];
      onChange();
    },
    remove,
    /** There is a new connection. A call that has ended meanwhile is not announced again. */
    connected: () => timers.forEach(({ until }, callId) => ringFor(callId, Math.min(CONFIRM, until - browser.now()))),
    clear: () => [...timers.keys()].forEach(remove),
    close() {
      timers.forEach(({ timer }) => browser.clearTimer(timer));
      timers.clear();
      calls = [];
    },
  };
}
