/** @typedef {import("../contract/chat-events").Preferences} Preferences */

/**
 * Returns the later of two states, because an answer may be older than an event.
 *
 * @param {Preferences | undefined} known
 * @param {Preferences} next
 */
export const later = (known, next) => (known && known.version > next.version ? known : next);

/** @param {Preferences | undefined} preferences @param {number} now */
export const isMuted = (preferences, now) => Date.parse(preferences?.mutedUntil ?? "") > now;

/** Returns the highest seq that does not count as unread. @param {Preferences | undefined} preferences @param {number} readSeq */
export const seenSeq = (preferences, readSeq) => Math.min(readSeq, (preferences?.unreadFrom ?? Infinity) - 1);
