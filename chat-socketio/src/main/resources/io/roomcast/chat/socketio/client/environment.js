/**
 * What a client uses of its surroundings. Browsers have all of it, Node a part.
 *
 * @typedef {ReturnType<typeof surroundings>} Environment
 */

/** Returns the surroundings of this program. */
export function surroundings() {
  const page = typeof document === "undefined" ? null : document;
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  return {
    /** @param {() => void} work @param {number} delay @returns {unknown} */
    setTimer: (work, delay) => setTimeout(work, delay),
    /** @param {any} timer */
    clearTimer: (timer) => clearTimeout(timer),
    now: () => Date.now(),
    random: () => Math.random(),
    newId,
    /** @param {string} url @param {RequestInit} init */
    fetch: (url, init) => fetch(url, init),
    base: () => page?.baseURI,
    isOnline: () => typeof navigator === "undefined" || navigator.onLine !== false,
    isVisible: () => page === null || page.visibilityState === "visible",
    /** Calls the listener for an event of the window or the document. Returns a function that ends this. */
    listen,
    /**
     * Runs the work while no other tab runs work of this name.
     *
     * @param {string} name
     * @param {() => Promise<void>} work
     * @returns {Promise<void>}
     */
    exclusively: async (name, work) => (locks ? void (await locks.request(name, work)) : work()),
    channel,
  };
}

/** @param {string} event @param {(event: any) => void} listener @returns {() => void} */
function listen(event, listener) {
  if (typeof window === "undefined" || typeof document === "undefined") return () => {};
  const target = event === "visibilitychange" ? document : window;
  target.addEventListener(event, listener);
  return () => target.removeEventListener(event, listener);
}

/**
 * Returns a channel to the other tabs.
 *
 * @param {string} name
 * @param {(message: any) => void} listener
 */
function channel(name, listener) {
  if (typeof window === "undefined" || typeof BroadcastChannel === "undefined") return { post() {}, close() {} };
  const tabs = new BroadcastChannel(name);
  tabs.onmessage = ({ data }) => listener(data);
  return { post: (/** @type {unknown} */ message) => tabs.postMessage(message), close: () => tabs.close() };
}

/** Returns a random UUID; also for pages without TLS, where crypto.randomUUID does not exist. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
