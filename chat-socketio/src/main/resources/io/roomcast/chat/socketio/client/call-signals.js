/**
 * @typedef {{ kind: "offer" | "answer" | "candidates", data: any }} Outgoing
 * @typedef {import("../contract/chat-events").CallSignal} CallSignal
 */

/** Beyond this number, candidates are dropped. A connection that they would have opened is attempted again. */
const MAX_WAITING = 100;
const RETRY = 1_000;

/**
 * The signals to one participant, sent in order, each until the server has it. One may arrive twice.
 *
 * @param {object} parts
 * @param {(signal: Outgoing) => Promise<any>} parts.request
 * @param {() => boolean} parts.isReady whether the server passes signals on now
 * @param {import("./call-browser.js").CallBrowser} parts.browser
 */
export function createOutgoing({ request, isReady, browser }) {
  /** @type {Outgoing[]} */
  let waiting = [];
  let sending = false;
  let closed = false;
  /** @type {unknown} */
  let timer = null;

  async function work() {
    if (sending || timer !== null || closed || waiting.length === 0 || !isReady()) return;
    sending = true;
    const [signal] = waiting;
    const answer = await request(signal);
    sending = false;
    if (closed) return;
    if (answer.success || !answer.retryable) waiting = waiting.filter((other) => other !== signal);
    else if (isReady()) return retry(answer.retryAfterMs);
    void work();
  }

  /** @param {number} [delay] */
  function retry(delay) {
    timer = browser.setTimer(() => {
      timer = null;
      void work();
    }, delay || RETRY);
  }

  return {
    /** @param {Outgoing} signal */
    send(signal) {
      // A later offer or answer replaces one that was not sent.
      if (signal.kind !== "candidates") waiting = waiting.filter(({ kind }, i) => (sending && i === 0) || kind !== signal.kind);
      if (waiting.length < MAX_WAITING) waiting.push(signal);
      void work();
    },
    work: () => void work(),
    close() {
      closed = true;
      waiting = [];
      browser.clearTimer(timer);
    },
  };
}

/**
 * The order of the received signals. They are numbered, so that each is passed on once.
 *
 * @param {(signal: CallSignal) => void} pass
 */
export function createIncomingOrder(pass) {
  /** The n of the last signal that was passed on. */
  let last = 0;
  /** @type {Map<number, CallSignal>} */
  let early = new Map();

  function passEarly() {
    for (let next = early.get(last + 1); next; next = early.get(last + 1)) {
      early.delete(++last);
      pass(next);
    }
  }

  return {
    last: () => last,
    /** Passes a signal on in its order. Returns whether another one is missing before it. @param {CallSignal} signal */
    add(signal) {
      if (signal.n > last && early.size < MAX_WAITING) early.set(signal.n, signal);
      passEarly();
      return early.size > 0;
    },
    /** What is missing will never arrive: the numbers continue after the last one. */
    lost: () => void (early = new Map()),
  };
}
