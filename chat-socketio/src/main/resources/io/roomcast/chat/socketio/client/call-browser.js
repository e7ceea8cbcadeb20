/**
 * What calls use of a browser.
 *
 * @typedef {ReturnType<typeof callBrowser>} CallBrowser
 */

/** Returns what this program has of it. */
export function callBrowser() {
  const devices = typeof navigator === "undefined" ? undefined : navigator.mediaDevices;
  return {
    isSupported: devices !== undefined && typeof RTCPeerConnection !== "undefined",
    /** @param {RTCConfiguration} configuration */
    connection: (configuration) => new RTCPeerConnection(configuration),
    /** @param {MediaStreamTrack[]} tracks */
    stream: (tracks) => new MediaStream(tracks),
    /** @param {MediaStreamConstraints} constraints */
    open: async (constraints) => /** @type {MediaDevices} */ (devices).getUserMedia(constraints),
    /** @param {DisplayMediaStreamOptions} options */
    openScreen: async (options) => /** @type {MediaDevices} */ (devices).getDisplayMedia(options),
    devices: async () => devices?.enumerateDevices() ?? [],
    /** Calls the listener when a device was added or removed. @param {() => void} listener */
    onDevices(listener) {
      devices?.addEventListener("devicechange", listener);
      return () => devices?.removeEventListener("devicechange", listener);
    },
    /** @param {() => void} work @param {number} delay @returns {unknown} */
    setTimer: (work, delay) => setTimeout(work, delay),
    /** @param {any} timer */
    clearTimer: (timer) => clearTimeout(timer),
    now: () => Date.now(),
    /** Returns what this tab keeps over a reload. @param {string} key @returns {any} */
    load(key) {
      try {
        return JSON.parse(sessionStorage.getItem(key) ?? "null");
      } catch {
        return null;
      }
    },
    /** @param {string} key @param {unknown} value */
    save(key, value) {
      try {
        if (value === null) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify(value));
      } catch {
        // The call then ends with a reload.
      }
    },
  };
}
