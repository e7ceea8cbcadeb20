/**
 * @typedef {import("./roomcast-calls.d.ts").CallDevices} CallDevices
 */

/** @type {CallDevices} */
const NONE = Object.freeze({ microphones: [], cameras: [], speakers: [] });

/**
 * The devices that the user may choose.
 *
 * @param {import("./call-browser.js").CallBrowser} browser
 * @param {() => void} onChange
 */
export function createDevices(browser, onChange) {
  let devices = NONE;
  let closed = false;

  async function load() {
    const found = await browser.devices().catch(() => []);
    /** @param {MediaDeviceKind} kind */
    const of = (kind) => found.filter((device) => device.kind === kind && device.deviceId).map(({ deviceId, label }) => ({ deviceId, label }));
    const next = { microphones: of("audioinput"), cameras: of("videoinput"), speakers: of("audiooutput") };
    if (closed || JSON.stringify(next) === JSON.stringify(devices)) return;
    devices = Object.freeze(next);
    onChange();
  }

  const end = browser.isSupported ? browser.onDevices(load) : () => {};
  return {
    get: () => devices,
    load,
    close() {
      closed = true;
      end();
    },
  };
}
