import { createExpiry } from "./expiry.js";
import { NOT_CONNECTED } from "./failure.js";
import { createObservable } from "./observable.js";
import { isMuted, later as latest, seenSeq } from "./preferences.js";

/**
 * @typedef {import("../contract/chat-events").ListedConversation} Listed
 * @typedef {import("../contract/chat-events").Conversation} Conversation
 * @typedef {import("../contract/chat-events").Member} Member
 * @typedef {import("../contract/chat-events").Message} Message
 * @typedef {import("./roomcast.d.ts").InboxSnapshot} InboxSnapshot
 */

const PAGE = 50;
/** Events name conversations without their newest message. The list is loaded again after this time. */
const REFRESH = 300;
const RETRY = 2_000;

/**
 * The conversations of the user.
 *
 * @param {object} parts
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 * @param {ReturnType<import("./receipts.js").createReceipts>} parts.receipts
 * @param {() => string | undefined} parts.user
 */
export function createInbox({ environment, connection, receipts, user }) {
  /** @type {Map<string, Listed>} */
  let entries = new Map();
  /** @type {string | undefined} */
  let next;
  /** @type {import("./roomcast.d.ts").Filter | undefined} */
  let filter;
  /** Conversations with events that were not in the list: not yet requested, and requested without success. */
  const unknown = new Set();
  const foreign = new Set();
  /** Conversations of an earlier connection that nothing has named since. The user may have lost them meanwhile. */
  const stale = new Set();
  /** @type {unknown} */
  let timer = null;
  const observable = createObservable(
    /** @type {InboxSnapshot} */ (Object.freeze({ conversations: [], unread: 0, mentions: 0, hasMore: false, status: "loading" })),
  );

  const expiry = createExpiry(environment, connection.now, () => show());

  /** Removes the text of the newest messages that have expired. Waits for the next one, and for the next end of a mute. */
  function expire() {
    const all = [...entries.values()];
    const newest = all.flatMap(({ lastMessage }) => lastMessage ?? []).filter(({ deleted }) => !deleted);
    if (!expiry.watch([...newest, ...all.map(({ preferences }) => ({ expiresAt: preferences.mutedUntil }))])) return;
    entries.forEach((entry, id) => {
      const { lastMessage } = entry;
      if (lastMessage && !lastMessage.deleted && !expiry.isCurrent(lastMessage)) entries.set(id, { ...entry, lastMessage: { ...lastMessage, content: "", deleted: true } });
    });
  }

  /** @param {Partial<InboxSnapshot>} [fields] */
  function show(fields) {
    expire();
    const all = [...entries.values()].sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
    const counted = all.filter(({ preferences }) => !preferences.archived && !isMuted(preferences, connection.now()));
    const unread = counted.reduce((sum, entry) => sum + entry.unread, 0);
    const mentions = counted.reduce((sum, entry) => sum + entry.unreadMentions, 0);
    const conversations = filter ? all.filter(MATCHES[filter]) : all;
    const { status } = observable.get();
    observable.set(Object.freeze({ status, ...fields, conversations, unread, mentions, hasMore: next !== undefined }));
  }

  /** Adds a conversation, or what is newer in it. @param {Conversation & Partial<Listed>} conversation */
  function take(conversation) {
    if (typeof conversation?.conversationId !== "string") return;
    const before = entries.get(conversation.conversationId);
    const latestSeq = Math.max(before?.latestSeq ?? 0, conversation.latestSeq ?? 0);
    const readSeq = Math.max(before?.readSeq ?? 0, conversation.readSeq ?? 0);
    const members = conversation.members ?? before?.members;
    const lastMessage = later(before?.lastMessage, conversation.lastMessage);
    const known = before?.preferences ?? { version: 0 };
    const preferences = conversation.preferences ? latest(known, conversation.preferences) : known;
    const unread = Math.max(0, latestSeq - seenSeq(preferences, readSeq));
    const mentions = conversation.unreadMentions ?? before?.unreadMentions ?? 0;
    if (lastMessage) receipts.raise("delivered", conversation.conversationId, lastMessage.seq);
    stale.delete(conversation.conversationId);
    entries.set(conversation.conversationId, {
      ...conversation,
      ...(members && { members }),
      ...(lastMessage && { lastMessage }),
      latestSeq,
      readSeq,
      preferences,
      unread,
      unreadMentions: Math.min(mentions, unread),
    });
  }

  /** @param {string} [after] */
  async function load(after) {
    const at = connection.session();
    if (observable.count() === 0) return NOT_CONNECTED;
    const answer = await connection.request("getConversations", { limit: PAGE, ...(after && { after }), ...(filter && { filter }) });
    if (at !== connection.session()) return NOT_CONNECTED;
    if (!answer.success) {
      if (!answer.retryable) unknown.forEach((id) => foreign.add(id));
      if (answer.retryable) refreshSoon(answer.retryAfterMs || RETRY);
      show({ failure: answer });
      return answer;
    }
    if (after !== undefined || observable.get().conversations.length <= answer.conversations.length) next = answer.next;
    answer.conversations.forEach(take);
    unknown.forEach((id) => foreign.add(id));
    unknown.clear();
    show({ status: "ready" });
    return answer;
  }

  /** Loads as many pages again as there are entries, and removes those of an earlier connection that are not in them. */
  async function refresh() {
    const wanted = filter;
    const isGone = (/** @type {Listed} */ entry) => stale.has(entry.conversationId) && (!wanted || MATCHES[wanted](entry));
    const doubtful = () => [...entries.values()].filter(isGone);
    let pages = Math.ceil(entries.size / PAGE);
    let answer = await load();
    while (answer.success && answer.next && --pages > 0 && doubtful().length > 0) answer = await load(answer.next);
    if (!answer.success || wanted !== filter || doubtful().length === 0) return;
    // Those that are removed although they are not lost can be loaded again.
    next = answer.next;
    doubtful().forEach(({ conversationId }) => entries.delete(conversationId));
    show();
  }

  function refreshSoon(delay = REFRESH) {
    timer ??= environment.setTimer(() => {
      timer = null;
      void refresh();
    }, delay);
  }

  /** @param {string} id @param {Partial<Listed>} fields */
  function put(id, fields) {
    const entry = entries.get(id);
    if (entry) {
      take({ ...entry, ...fields });
      show();
    } else if (!foreign.has(id)) {
      unknown.add(id);
      refreshSoon();
    }
  }

  /** @type {Record<string, (event: any) => void>} */
  const handlers = {
    receiveMessage({ conversationId, message }) {
      const isOwn = message.senderId === user();
      const { latestSeq = 0, unreadMentions = 0 } = entries.get(conversationId) ?? {};
      const isCounted = !isOwn && message.seq > latestSeq && isMentioned(message, user());
      put(conversationId, {
        latestSeq: message.seq,
        lastMessage: toPreview(message),
        ...(isOwn && { readSeq: message.seq }),
        ...(isCounted && { unreadMentions: unreadMentions + 1 }),
      });
    },
    messageEdited: ({ conversationId, message }) => changed(conversationId, message.id, toPreview(message)),
    messageDeleted: ({ conversationId, messageId, version }) =>
      changed(conversationId, messageId, { content: "", deleted: true, version }),
    messagesRead: ({ conversationId, userId, upToSeq }) => userId === user() && put(conversationId, { readSeq: upToSeq }),
    preferencesChanged: ({ conversationId, preferences }) =>
      entries.has(conversationId) && put(conversationId, { preferences }),
    unreadChanged({ conversationId, readSeq, latestSeq, lastMessage, unreadMentions }) {
      put(conversationId, { readSeq, latestSeq, lastMessage, unreadMentions });
      const known = entries.get(conversationId);
      if (known && (known.lastMessage?.seq ?? 0) < latestSeq) refreshSoon();
    },
    conversationUpdated: updated,
    memberAdded: updated,
    memberRemoved({ conversationId, userId }) {
      if (userId === user()) return handlers.conversationDeleted({ conversationId });
      members(conversationId, (all) => all.filter((member) => member.userId !== userId));
    },
    memberUpdated: ({ conversationId, member }) =>
      members(conversationId, (all) => all.map((other) => (other.userId === member.userId ? member : other))),
    conversationDeleted({ conversationId }) {
      entries.delete(conversationId);
      show();
    },
    syncRequired: () => refreshSoon(),
  };

  /** @param {{ conversation: Conversation }} event */
  function updated({ conversation }) {
    take(conversation);
    show();
  }

  /** @param {string} id @param {(members: Member[]) => Member[]} change */
  function members(id, change) {
    const entry = entries.get(id);
    if (entry?.members) put(id, { members: change(entry.members) });
  }

  /** @param {string} id @param {string} messageId @param {object} fields */
  function changed(id, messageId, fields) {
    const last = entries.get(id)?.lastMessage;
    if (last?.id === messageId) put(id, { lastMessage: { ...last, ...fields } });
  }

  /** @type {import("./roomcast.d.ts").Inbox} */
  const inbox = {
    getSnapshot: observable.get,
    subscribe(listener) {
      const isFirst = observable.count() === 0;
      // No event was received without a listener.
      if (isFirst) entries.forEach((_, id) => stale.add(id));
      const end = observable.subscribe(listener);
      if (isFirst && connection.isOnline()) refreshSoon(0);
      return end;
    },
    find: (conversationId) => entries.get(conversationId),
    setFilter(wanted) {
      filter = wanted;
      next = undefined;
      show({ status: "loading" });
      if (connection.isOnline()) refreshSoon(0);
    },
    loadMore: () => (next === undefined ? Promise.resolve({ success: true }) : load(next)),
  };

  return {
    inbox,
    /** A connection has begun. @param {boolean} isSameEpoch */
    begin(isSameEpoch) {
      if (!isSameEpoch) entries = new Map();
      stale.clear();
      entries.forEach((_, id) => stale.add(id));
      foreign.clear();
      if (observable.count() > 0) refreshSoon(0);
    },
    /** An answer has a conversation, which others may have. @param {Conversation} conversation */
    answered(conversation) {
      const isOwn = conversation.members?.some(({ userId }) => userId === user());
      if (isOwn || entries.has(conversation.conversationId)) updated({ conversation });
    },
    /** The user has read a conversation. @param {string} id @param {number} readSeq */
    read(id, readSeq) {
      const { preferences } = entries.get(id) ?? {};
      if (preferences) put(id, { readSeq, preferences: { ...preferences, unreadFrom: undefined } });
    },
    /** @param {string} event @param {any} payload */
    receive: (event, payload) => observable.count() > 0 && handlers[event]?.(payload),
    close() {
      environment.clearTimer(timer);
      expiry.close();
      observable.clear();
    },
  };
}

/** @param {Message} message */
function toPreview({ id, _id, conversationId, seq, version, senderId, type, content, createdAt, deletedAt, expiresAt }) {
  const deleted = deletedAt !== undefined;
  return { id, _id, conversationId, seq, version, senderId, type, content: content.slice(0, 80), createdAt, deleted, ...(expiresAt && { expiresAt }) };
}

/** @param {Listed["lastMessage"]} known @param {Listed["lastMessage"]} other */
function later(known, other) {
  if (!known || !other) return known ?? other;
  return other.seq > known.seq || (other.seq === known.seq && other.version >= known.version) ? other : known;
}

/** @type {Record<import("./roomcast.d.ts").Filter, (conversation: Listed) => boolean>} */
const MATCHES = {
  active: ({ preferences }) => !preferences.archived,
  archived: ({ preferences }) => preferences.archived === true,
  unread: ({ unread }) => unread > 0,
  favorites: ({ preferences }) => preferences.favorite === true,
};

/** @param {Message} message @param {string | undefined} own */
const isMentioned = ({ mentions = [] }, own) => mentions.includes("@all") || mentions.includes(own ?? "");

/** @param {Listed} conversation */
const timeOf = ({ lastMessage, updatedAt }) => lastMessage?.createdAt ?? updatedAt ?? "";
