/** @typedef {import("../contract/chat-events").Failure} Failure */

/**
 * Returns a failure that the client found itself.
 *
 * @param {Failure["code"]} code
 * @param {string} error
 * @param {boolean} retryable
 * @returns {Failure}
 */
export const failureOf = (code, error, retryable) => ({ success: false, code, error, retryable });

/** @type {Failure} */
export const NO_ANSWER = failureOf("timeout", "Timed out", true);

/** @type {Failure} */
export const NOT_CONNECTED = failureOf("unavailable", "Not connected", true);

/**
 * Returns the place of a value that JSON cannot hold, or null.
 *
 * @param {unknown} value
 * @param {string} place
 * @returns {string | null}
 */
export function placeOfUnsendable(value, place = "") {
  if (value === null || value === undefined || ["string", "boolean"].includes(typeof value)) return null;
  if (typeof value === "number") return Number.isFinite(value) ? null : place;
  const prototype = typeof value === "object" && Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) return place;
  for (const [key, part] of Object.entries(/** @type {object} */ (value))) {
    const found = placeOfUnsendable(part, place ? `${place}.${key}` : key);
    if (found !== null) return found;
  }
  return null;
}
