/**
 * What others do in a room, as pure functions of immutable states.
 *
 * @typedef {import("../contract/chat-events").Receipt} Receipt
 *
 * @typedef {object} Activity
 * @property {number} online
 * @property {readonly string[]} viewers
 * @property {Readonly<Record<string, number>>} typing when each user counts as no longer typing
 * @property {Readonly<Record<string, number>>} delivered
 * @property {Readonly<Record<string, number>>} read
 */

/** @type {Activity} */
export const NO_ACTIVITY = { online: 0, viewers: [], typing: {}, delivered: {}, read: {} };

/** @param {Activity} activity @returns {Activity} */
export const withoutPresent = (activity) => ({ ...activity, online: 0, viewers: [], typing: {} });

/** @param {Activity} activity @param {string} userId @param {number | null} until @returns {Activity} */
export function withTyping(activity, userId, until) {
  const { [userId]: before, ...typing } = activity.typing;
  if (until === null) return before === undefined ? activity : { ...activity, typing };
  return { ...activity, typing: { ...activity.typing, [userId]: until } };
}

/** @param {Activity} activity @param {string} userId @param {boolean} isViewing @returns {Activity} */
export function withViewer(activity, userId, isViewing) {
  const others = activity.viewers.filter((viewer) => viewer !== userId);
  return { ...activity, viewers: isViewing ? [...others, userId] : others };
}

/**
 * Receipts never go back.
 *
 * @param {Activity} activity
 * @param {"delivered" | "read"} kind
 * @param {readonly Receipt[]} receipts
 * @returns {Activity}
 */
export function withReceipts(activity, kind, receipts) {
  const higher = receipts.filter(({ userId, upToSeq }) => upToSeq > (activity[kind][userId] ?? 0));
  if (higher.length === 0) return activity;
  const all = { ...activity[kind] };
  for (const { userId, upToSeq } of higher) all[userId] = Math.max(all[userId] ?? 0, upToSeq);
  return { ...activity, [kind]: all };
}
