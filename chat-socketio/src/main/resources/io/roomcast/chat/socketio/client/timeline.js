/**
 * The messages of a room as pure functions of immutable states. A timeline knows all messages up to `seq` and all
 * changes up to `version`, and keeps a window of rows. What arrives beyond a gap waits in `ahead`.
 *
 * @typedef {import("../contract/chat-events").Message} Message
 * @typedef {Partial<Message> | ((before: Message) => Partial<Message>)} Fields
 * @typedef {{ id: string, version: number, kind: "replace" | "merge" | "delete", fields: Fields }} Change
 *
 * @typedef {object} Timeline
 * @property {number} generation rises when everything is discarded
 * @property {number} keep the maximum number of rows
 * @property {boolean} held whether new messages do not push out the oldest rows
 * @property {boolean} joined whether live events arrive
 * @property {boolean} loaded
 * @property {string} epoch
 * @property {number} seq
 * @property {number} version
 * @property {{ seq: number, version: number }} head the highest position that the server has named
 * @property {boolean} more whether the last page of missed messages was not the last one
 * @property {readonly Message[]} rows
 * @property {boolean} hasOlder
 * @property {boolean} hasNewer
 * @property {{ messages: readonly Message[], changes: readonly Change[] }} ahead
 * @property {readonly Change[]} recent the latest changes, for pages that were read before them
 * @property {number} recentAfter all changes after this version are in `recent`
 * @property {readonly Message[]} sent own messages that are stored, but not yet in order
 * @property {readonly Message[]} apart messages that were requested by their ids
 */

const AHEAD = 500;
const RECENT = 200;
const APART = 150;
const NOTHING = { messages: [], changes: [] };
/** @type {readonly Message[]} */
const NO_MESSAGES = [];

/**
 * @param {number} keep
 * @param {number} generation
 * @returns {Timeline}
 */
export function newTimeline(keep, generation = 0) {
  return {
    generation,
    keep,
    held: false,
    joined: false,
    loaded: false,
    epoch: "",
    seq: 0,
    version: 0,
    head: { seq: 0, version: 0 },
    more: false,
    rows: [],
    hasOlder: false,
    hasNewer: false,
    ahead: NOTHING,
    recent: [],
    recentAfter: 0,
    sent: [],
    apart: NO_MESSAGES,
  };
}

/** @param {unknown} value */
export function isMessage(value) {
  const message = /** @type {Message} */ (value);
  return typeof message?.id === "string" && Number.isSafeInteger(message.seq);
}

/** @param {Message} message */
export const isPinned = ({ pinned }) => Boolean(pinned);

/**
 * Returns what to request next, or null.
 *
 * @param {Timeline} timeline
 * @returns {"join" | "newest" | "sync" | null}
 */
export function nextRequest(timeline) {
  if (!timeline.joined) return "join";
  if (!timeline.loaded) return "newest";
  const { seq, version, head, more, ahead } = timeline;
  const isBehind = more || ahead.messages.length + ahead.changes.length > 0 || head.seq > seq || head.version > version;
  return isBehind ? "sync" : null;
}

/** The connection has ended. @param {Timeline} timeline @returns {Timeline} */
export const disconnected = (timeline) => ({ ...timeline, joined: false, more: false, ahead: NOTHING });

/** Discards everything. @param {Timeline} timeline @returns {Timeline} */
export const discarded = ({ keep, generation, held }) => ({ ...newTimeline(keep, generation + 1), held });

/** The newest page is to be loaded again; what arrives meanwhile waits. @param {Timeline} timeline @returns {Timeline} */
export const restarted = (timeline) => ({ ...timeline, loaded: false, generation: timeline.generation + 1 });

/**
 * The room was joined. The answer to a request with a position contains what was missed.
 *
 * @param {Timeline} timeline
 * @param {import("../contract/chat-events").JoinRoomResult} answer
 * @param {Timeline} requested the timeline at the time of the request; events may have overtaken the answer
 * @returns {Timeline}
 */
export function joined(timeline, answer, requested) {
  const isSame = timeline.epoch === answer.epoch && requested.seq <= answer.latestSeq && requested.version <= answer.version;
  const head = { seq: answer.latestSeq, version: answer.version };
  if (timeline.loaded && isSame) {
    const current = { ...timeline, joined: true, head };
    return answer.covered ? withMissed(current, { ...answer, covered: answer.covered }) : current;
  }
  const { version } = answer;
  const empty = { ...discarded(timeline), joined: true, epoch: answer.epoch, version, recentAfter: version };
  // Own messages that were stored before a room was joined for the first time are of an epoch that is not known.
  const sent = ["", answer.epoch].includes(timeline.epoch) ? timeline.sent : [];
  return { ...empty, head, ahead: timeline.ahead, sent };
}

/**
 * The newest page of a room that was joined. Its messages may be newer than the position of the join.
 *
 * @param {Timeline} timeline
 * @param {import("../contract/chat-events").GetMessagesResult} answer
 * @param {readonly Message[]} before the own messages that were stored before the request: a later one is of another epoch
 * @returns {Timeline}
 */
export function withNewest(timeline, { messages, hasMore }, before) {
  const rows = messages.filter(isMessage);
  const seq = rows.at(-1)?.seq ?? timeline.head.seq;
  const sent = timeline.sent.filter((message) => !before.includes(message));
  return inOrder({ ...timeline, loaded: true, seq, rows, sent, hasOlder: hasMore, hasNewer: false });
}

/**
 * A page of missed messages and changes, which begins at the position or before it.
 *
 * @param {Timeline} timeline
 * @param {{ messages?: Message[], covered: { seq: number, version: number }, hasMore?: boolean }} page
 * @returns {Timeline}
 */
export function withMissed(timeline, { messages = [], covered, hasMore = false }) {
  if (!timeline.loaded) return timeline;
  if (covered.version < timeline.recentAfter) return { ...timeline, more: true };
  const valid = messages.filter(isMessage).sort((a, b) => a.seq - b.seq);
  const known = valid.filter(({ seq }) => seq <= timeline.seq);
  const read = valid.filter(({ seq }) => seq > timeline.seq && seq <= covered.seq);
  const added = timeline.recent.reduce(withChange, read);
  const changes = valid.filter(({ version }) => version > timeline.version).map(changeTo);
  const current = { ...timeline, ...recorded(timeline, changes) };
  return inOrder({
    ...appended(current, added, known.map(changeTo)),
    // A page before the last one covers changes of later messages without containing them.
    ahead: hasMore ? { messages: [], changes: timeline.ahead.changes } : timeline.ahead,
    seq: Math.max(timeline.seq, covered.seq),
    version: hasMore && timeline.seq > covered.seq ? timeline.version : Math.max(timeline.version, covered.version),
    more: hasMore,
  });
}

/**
 * A message that was stored, from a live event.
 *
 * @param {Timeline} timeline
 * @param {Message} message
 * @returns {Timeline}
 */
export function received(timeline, message) {
  if (timeline.loaded && message.seq <= timeline.seq) return timeline;
  const { messages, changes } = timeline.ahead;
  if (messages.length >= AHEAD) return { ...timeline, head: higher(timeline.head, { seq: message.seq, version: 0 }) };
  return inOrder({ ...timeline, ahead: { messages: [...messages, message], changes } });
}

/**
 * A change of a message, from a live event.
 *
 * @param {Timeline} timeline
 * @param {Change} change
 * @returns {Timeline}
 */
export function changed(timeline, change) {
  if (timeline.loaded && change.version <= timeline.version) return timeline;
  const { messages, changes } = timeline.ahead;
  if (changes.length >= AHEAD) return { ...timeline, head: higher(timeline.head, { seq: 0, version: change.version }) };
  return inOrder({ ...timeline, ahead: { messages, changes: [...changes, change] } });
}

/**
 * An own message that was stored. Its place may be after messages that have not arrived.
 *
 * @param {Timeline} timeline
 * @param {Message} message
 * @returns {Timeline}
 */
export function stored(timeline, message) {
  if (message.seq <= timeline.seq) return timeline;
  if (timeline.loaded && timeline.joined && message.seq === timeline.seq + 1) return received(timeline, message);
  const others = timeline.sent.filter(({ seq }) => seq !== message.seq);
  return { ...timeline, sent: [...others, message].sort((a, b) => a.seq - b.seq) };
}

/**
 * Messages that were requested by their ids. The oldest such ones are dropped, but pinned ones last.
 *
 * @param {Timeline} timeline
 * @param {readonly Message[]} messages
 * @returns {Timeline}
 */
export function withApart(timeline, messages) {
  const others = timeline.apart.filter(({ id }) => messages.every((message) => message.id !== id));
  const apart = timeline.recent.reduce(withChange, messages);
  const all = [...others, ...apart].sort((a, b) => Number(isPinned(a)) - Number(isPinned(b)));
  return { ...timeline, apart: all.slice(-APART) };
}

/**
 * A page of older or newer messages, or of those around one, which replace the others. Discards it if the window has
 * moved, or if changes after its request are unknown.
 *
 * @param {Timeline} timeline
 * @param {"older" | "newer" | "around"} kind
 * @param {Timeline} requested the timeline at the time of the request
 * @param {{ messages: Message[], hasMore: boolean }} page
 * @returns {Timeline}
 */
export function withPage(timeline, kind, requested, { messages, hasMore }) {
  const isKnown = requested.generation === timeline.generation && requested.version >= timeline.recentAfter;
  if (!isKnown || edgeOf(timeline, kind) !== edgeOf(requested, kind)) return timeline;
  const read = messages.filter((message) => isMessage(message) && message.seq <= timeline.seq);
  const page = timeline.recent.filter(({ version }) => version > requested.version).reduce(withChange, read);
  if (kind === "around") {
    // All of it may be newer than what has arrived in order.
    if (page.length === 0) return timeline;
    const hasNewer = (page.at(-1)?.seq ?? 0) < timeline.seq;
    return { ...timeline, rows: page, hasOlder: (page[0]?.seq ?? 1) > 1, hasNewer };
  }
  const isOlder = kind === "older";
  const rows = isOlder ? [...page, ...timeline.rows] : [...timeline.rows, ...page];
  const isCut = rows.length > timeline.keep;
  if (isOlder) return { ...timeline, rows: rows.slice(0, timeline.keep), hasOlder: hasMore, hasNewer: timeline.hasNewer || isCut };
  const wasLast = !hasMore && timeline.seq === requested.seq;
  const hasNewer = !wasLast && (rows.at(-1)?.seq ?? 0) < timeline.seq;
  return { ...timeline, rows: rows.slice(-timeline.keep), hasOlder: timeline.hasOlder || isCut, hasNewer };
}

/**
 * Returns the seq from which older or newer messages are requested.
 *
 * @param {Timeline} timeline
 * @param {"older" | "newer" | "around"} kind
 */
export function edgeOf({ rows, seq, hasNewer }, kind) {
  if (kind === "around") return 0;
  if (kind === "older") return rows[0]?.seq ?? seq + 1;
  return hasNewer ? (rows.at(-1)?.seq ?? 0) : seq;
}

/** Applies what waits in `ahead` and is next in order. @param {Timeline} timeline @returns {Timeline} */
function inOrder(timeline) {
  if (!timeline.loaded) return timeline;
  let { seq, version } = timeline;
  const messages = [...timeline.ahead.messages].sort((a, b) => a.seq - b.seq);
  const changes = [...timeline.ahead.changes].sort((a, b) => a.version - b.version);
  const nextMessages = messages.filter((message) => message.seq === seq + 1 && ++seq);
  const nextChanges = changes.filter((change) => change.version === version + 1 && ++version);
  const ahead = {
    messages: nextChanges.reduce(withChange, messages.filter((message) => message.seq > seq)),
    changes: changes.filter((change) => change.version > version),
  };
  const sent = timeline.sent.length === 0 ? timeline.sent : timeline.sent.filter((message) => message.seq > seq);
  const next = appended({ ...timeline, ...recorded(timeline, nextChanges) }, nextMessages, nextChanges);
  return { ...next, seq, version, ahead: isEmpty(ahead) ? NOTHING : ahead, sent };
}

/** @param {Timeline["ahead"]} ahead */
const isEmpty = ({ messages, changes }) => messages.length + changes.length === 0;

/**
 * Adds messages at the end, if the end is kept, and applies changes.
 *
 * @param {Timeline} timeline
 * @param {readonly Message[]} messages
 * @param {readonly Change[]} changes
 * @returns {Timeline}
 */
function appended(timeline, messages, changes) {
  if (messages.length + changes.length === 0) return timeline;
  const all = timeline.hasNewer || messages.length === 0 ? timeline.rows : [...timeline.rows, ...messages];
  const isCut = !timeline.hasNewer && all.length > timeline.keep;
  const { keep, held, hasOlder, hasNewer } = timeline;
  const rows = changes.reduce(withChange, isCut ? (held ? all.slice(0, keep) : all.slice(-keep)) : all);
  const apart = timeline.apart.length === 0 ? NO_MESSAGES : [...changes, ...messages.map(changeTo)].reduce(withChange, timeline.apart);
  return { ...timeline, rows, apart, hasOlder: hasOlder || (isCut && !held), hasNewer: hasNewer || (isCut && held) };
}

/**
 * Applies a change to messages unless theirs is newer.
 *
 * @param {readonly Message[]} messages
 * @param {Change} change
 */
function withChange(messages, { id, version, kind, fields }) {
  const at = messages.findLastIndex((message) => message.id === id);
  if (at < 0 || messages[at].version >= version) return messages;
  const copy = [...messages];
  const known = typeof fields === "function" ? fields(messages[at]) : fields;
  copy[at] = kind === "replace" ? /** @type {Message} */ (known) : merged(messages[at], kind, { ...known, version });
  return copy;
}

/** @param {Message} message @param {"merge" | "delete"} kind @param {Partial<Message>} fields @returns {Message} */
function merged(message, kind, fields) {
  const next = kind === "merge" ? { ...message, ...fields } : { ...withoutContent(message), ...fields };
  for (const name of /** @type {const} */ (["reactions", "annotations", "pinned"])) {
    if (Object.keys(next[name] ?? {}).length === 0) delete next[name];
  }
  return next;
}

/** @param {Message} message @returns {Message} */
function withoutContent({ id, _id, conversationId, seq, version, senderId, clientMessageId, type, createdAt, editedAt }) {
  const kept = { id, _id, conversationId, seq, version, senderId, type, content: "", createdAt };
  return { ...kept, ...(clientMessageId && { clientMessageId }), ...(editedAt && { editedAt }) };
}

/**
 * Records changes for pages that are on their way.
 *
 * @param {Timeline} timeline
 * @param {Change[]} changes
 */
function recorded(timeline, changes) {
  const all = [...timeline.recent, ...changes];
  if (all.length <= RECENT) return { recent: changes.length > 0 ? all : timeline.recent };
  const kept = all.slice(-RECENT);
  return { recent: kept, recentAfter: Math.max(...all.slice(0, -RECENT).map(({ version }) => version)) };
}

/** @param {Message} message @returns {Change} */
export const changeTo = (message) => ({ id: message.id, version: message.version, kind: "replace", fields: message });

/** @param {{ seq: number, version: number }} a @param {{ seq: number, version: number }} b */
const higher = (a, b) => ({ seq: Math.max(a.seq, b.seq), version: Math.max(a.version, b.version) });
