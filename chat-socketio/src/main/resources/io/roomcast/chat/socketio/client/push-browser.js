/**
 * What push notifications use of a browser.
 *
 * @typedef {ReturnType<typeof pushBrowser>} PushBrowser
 */

/** Returns what this program has of it. */
export function pushBrowser() {
  const isPage = typeof window !== "undefined" && window.isSecureContext;
  return {
    isSupported: isPage && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window,
    base: () => document.baseURI,
    permission: () => Notification.permission,
    ask: () => Notification.requestPermission(),
    /**
     * Registers a service worker and waits until it is active.
     *
     * @param {string} url
     */
    async worker(url) {
      const registration = await navigator.serviceWorker.register(url);
      await activated(registration);
      return registration;
    },
    /** Calls the listener for each message of a service worker. @param {(event: MessageEvent) => void} listener */
    listen(listener) {
      navigator.serviceWorker.addEventListener("message", listener);
      navigator.serviceWorker.startMessages();
      return () => navigator.serviceWorker.removeEventListener("message", listener);
    },
    /** Returns what this browser keeps. @param {string} key @returns {any} */
    load(key) {
      try {
        return JSON.parse(localStorage.getItem(key) ?? "null");
      } catch {
        return null;
      }
    },
    /** @param {string} key @param {unknown} value */
    save(key, value) {
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // It is then known until a reload.
      }
    },
    /** @param {number} count */
    setBadge: (count) => void navigator.setAppBadge?.(count).catch(() => {}),
    locale: () => navigator.language,
  };
}

/** @param {ServiceWorkerRegistration} registration @returns {Promise<void>} */
function activated(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return Promise.resolve();
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("The service worker cannot be installed"));
    });
  });
}
