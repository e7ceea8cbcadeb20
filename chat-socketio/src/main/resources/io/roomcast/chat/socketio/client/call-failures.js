/**
 * @typedef {import("./roomcast-calls.d.ts").CallFailure} CallFailure
 * @typedef {import("./roomcast-calls.d.ts").MediaFailure} MediaFailure
 */

/** @type {Record<string, [MediaFailure["code"], string]>} */
const BY_NAME = {
  NotAllowedError: ["permission_denied", "Not allowed"],
  SecurityError: ["permission_denied", "Not allowed"],
  NotFoundError: ["device_not_found", "No such device"],
  OverconstrainedError: ["device_not_found", "No such device"],
  NotReadableError: ["device_in_use", "The device is in use"],
  AbortError: ["device_in_use", "The device is in use"],
  NotSupportedError: ["not_supported", "Not supported"],
};

/**
 * Returns the failure of a device.
 *
 * @param {unknown} error what the browser reported
 * @returns {MediaFailure}
 */
export function mediaFailure(error) {
  const name = /** @type {{ name?: string } | null} */ (error)?.name ?? "";
  const [code, text] = BY_NAME[name] ?? ["device_failed", "The device cannot be used"];
  return { success: false, code, error: text, retryable: code !== "not_supported" };
}

/** @type {MediaFailure} */
export const NOT_SUPPORTED = { success: false, code: "not_supported", error: "Calls are not supported", retryable: false };

/** @type {MediaFailure} */
export const REMOVED = { success: false, code: "device_not_found", error: "The device was removed", retryable: true };

/** @type {CallFailure} */
export const IN_A_CALL = { success: false, code: "busy", error: "This page is in another call", retryable: false };

/** @type {CallFailure} */
export const NO_CALL = { success: false, code: "call_not_found", error: "Call not found", retryable: false };

/** @type {CallFailure} */
export const CANCELLED = { success: false, code: "cancelled", error: "Cancelled", retryable: false };
