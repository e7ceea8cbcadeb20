/**
 * What others do in a room, as pure functions of immutable states.
 *
 * @typedef {import("../contract/chat-events").Receipt} Receipt
 * @typedef {import("./roomcast.d.ts").RoomUpload} RoomUpload
 *
 * @typedef {object} Activity
 * @property {number} online
 * @property {readonly string[]} viewers
 * @property {boolean} large whether only numbers of users are known, because there are many
 * @property {Readonly<Record<string, number>>} typing when each user counts as no longer typing
 * @property {{ count: number, until: number }} typists the number of users who type in a large room, and until when
 * @property {Readonly<Record<string, RoomUpload & { until: number }>>} uploads the files on their way, by their ids
 * @property {Readonly<Record<string, number>>} delivered
 * @property {Readonly<Record<string, number>>} read
 */

/** @type {Activity} */
export const NO_ACTIVITY = {
  online: 0,
  viewers: [],
  large: false,
  typing: {},
  typists: { count: 0, until: 0 },
  uploads: {},
  delivered: {},
  read: {},
};

/** @param {Activity} activity @returns {Activity} */
export const withoutPresent = (activity) => ({ ...NO_ACTIVITY, large: activity.large, delivered: activity.delivered, read: activity.read });

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

/** Returns when the next of what others do counts as ended. @param {Activity} activity */
export const nextEnd = ({ typing, typists, uploads }) =>
  Math.min(...Object.values(typing), ...Object.values(uploads).map(({ until }) => until), typists.count > 0 ? typists.until : Infinity);

/** Removes what has ended. @param {Activity} activity @param {number} now @returns {Activity} */
export function withoutEnded(activity, now) {
  const typing = Object.fromEntries(Object.entries(activity.typing).filter(([, until]) => until > now));
  const uploads = Object.fromEntries(Object.entries(activity.uploads).filter(([, { until }]) => until > now));
  return { ...activity, typing, uploads, typists: activity.typists.until > now ? activity.typists : NO_ACTIVITY.typists };
}

/** @param {Activity} activity @param {string} uploadId @returns {Activity} */
function withoutUpload(activity, uploadId) {
  const { [uploadId]: ended, ...uploads } = activity.uploads;
  return ended ? { ...activity, uploads } : activity;
}

const TYPING = 6_000;
/** The number of those who type is sent again while they do. */
const TYPISTS = TYPING + 2_000;
/** Of an upload without news so long, nothing is shown: it is paused, or its user has gone. */
const UPLOAD = 30_000;

/**
 * The events of what others do.
 *
 * @type {Record<string, (activity: Activity, event: any, now: number) => Activity>}
 */
export const ACTIVITIES = {
  messagesDelivered: (activity, receipt) => withReceipts(activity, "delivered", [receipt]),
  userTyping: (activity, { userId, expiresInMs }, now) => withTyping(activity, userId, now + (expiresInMs ?? TYPING)),
  userStoppedTyping: (activity, { userId }) => withTyping(activity, userId, null),
  userViewing: (activity, { userId }) => withViewer(activity, userId, true),
  userStoppedViewing: (activity, { userId }) => withViewer(activity, userId, false),
  userJoined: (activity, { online }) => ({ ...activity, online }),
  userLeft: (activity, { online }) => ({ ...activity, online }),
  uploadProgress: (activity, { uploadId, userId, fileName, loaded, total }, now) => ({
    ...activity,
    uploads: { ...activity.uploads, [uploadId]: { uploadId, userId, fileName, loaded, total, until: now + UPLOAD } },
  }),
  uploadFinished: (activity, { uploadId }) => withoutUpload(activity, uploadId),
  roomStats: (activity, { online, typing, large }, now) => ({
    ...activity,
    online: online ?? activity.online,
    large: large === true,
    viewers: large ? [] : activity.viewers,
    typists: { count: typing ?? 0, until: now + TYPISTS },
  }),
};
