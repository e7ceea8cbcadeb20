import { createNamedRooms } from "./named-rooms.js";
import { isMessage } from "./timeline.js";

const PAGE = 50;
const REFRESH = 300;

/**
 * Keeps the user's conversations and the rooms that were opened by name, with their numbers of unread messages. Calls
 * onChange after each change.
 */
export function createDirectory({ user, connection, onChange }) {
  const entries = new Map();
  const complete = new Set();
  const named = createNamedRooms(user);
  let next = null;
  let refreshing = null;

  named.all().forEach((name) => entries.set(name, namedRoom(name)));

  function put(id, fields) {
    const entry = entries.get(id);
    if (!entry) return;
    const changed = { ...entry, ...fields };
    entries.set(id, { ...changed, unread: Math.max(0, changed.latestSeq - changed.readSeq) });
    onChange();
  }

  /** Adds or updates a conversation. Keeps known members and sequence numbers that the update does not contain. */
  function take(conversation) {
    const id = conversation?.conversationId;
    if (typeof id !== "string") return;
    const before = entries.get(id);
    const base = before ?? { readSeq: 0, ...conversation };
    const isNamed = Boolean(before?.isNamed) && conversation.kind === "open";
    entries.set(id, { ...base, isNamed });
    if (before?.isNamed && !isNamed) named.forget(id);
    const latestSeq = Math.max(base.latestSeq ?? 0, conversation.latestSeq ?? 0);
    const readSeq = Math.max(base.readSeq ?? 0, conversation.readSeq ?? 0);
    const lastMessage = later(base.lastMessage, conversation.lastMessage);
    put(id, { ...conversation, members: membersOf(conversation) ?? base.members, latestSeq, readSeq, lastMessage });
  }

  async function load(after) {
    const answer = await connection.ask("getConversations", { limit: PAGE, ...(after && { after }) });
    if (!answer?.success) return;
    next = answer.next ?? null;
    (answer.conversations ?? []).forEach(take);
    onChange();
  }

  /** Loads the list again after a delay, because events of rooms that were not joined contain only numbers. */
  function refreshSoon() {
    refreshing ??= setTimeout(() => {
      refreshing = null;
      load();
    }, REFRESH);
  }

  return {
    load: () => load(),
    loadMore: () => next && load(next),
    hasMore: () => Boolean(next),
    find: (id) => entries.get(id),
    ids: () => [...entries.keys()],
    /** Returns all conversations, the most recently active first. */
    all: () => [...entries.values()].sort((a, b) => timeOf(b).localeCompare(timeOf(a))),
    unread: () => [...entries.values()].reduce((sum, { unread }) => sum + (unread ?? 0), 0),
    take,
    /** Adds a room by its name, unless it is known already. */
    open(id) {
      if (entries.has(id)) return;
      named.add(id);
      entries.set(id, namedRoom(id));
      onChange();
    },
    forget(id) {
      named.forget(id);
      complete.delete(id);
      if (entries.delete(id)) onChange();
    },
    /** Starts a new connection. Changes of conversations may have been missed before. */
    begin: () => complete.clear(),
    /** Reads a conversation with its members, which lists leave out. Does so once in each connection. */
    async complete(id) {
      if (complete.has(id)) return;
      complete.add(id);
      const answer = await connection.ask("getConversation", { conversationId: id });
      if (answer?.success && entries.has(id)) take(answer.conversation);
    },
    memberAdded({ conversationId, userId }) {
      const { members } = entries.get(conversationId) ?? {};
      if (!members || members.some((member) => member.userId === userId)) return;
      put(conversationId, { members: [...members, { userId, role: "member" }] });
    },
    memberRemoved({ conversationId, userId }) {
      const { members } = entries.get(conversationId) ?? {};
      if (members) put(conversationId, { members: members.filter((member) => member.userId !== userId) });
    },
    /** Clears all sequence numbers, because the server has another store, in which they start from 1. */
    reset() {
      const nothing = { latestSeq: 0, version: 0, readSeq: 0, unread: 0, lastMessage: undefined };
      entries.forEach((entry, id) => entries.set(id, { ...entry, ...nothing }));
      onChange();
    },
    joined({ conversationId, latestSeq = 0, version = 0, readSeq }) {
      const { readSeq: known } = entries.get(conversationId) ?? {};
      put(conversationId, { latestSeq, version, readSeq: Math.max(known ?? 0, readSeq ?? latestSeq) });
    },
    message(message) {
      if (!isMessage(message)) return;
      const { conversationId, seq, senderId } = message;
      const entry = entries.get(conversationId);
      if (!entry) return refreshSoon();
      put(conversationId, {
        latestSeq: Math.max(entry.latestSeq, seq),
        readSeq: senderId === user ? Math.max(entry.readSeq, seq) : entry.readSeq,
        lastMessage: later(entry.lastMessage, message),
      });
    },
    /** Updates the preview after a message was edited or deleted. */
    changed(id, version, messageId, fields) {
      const entry = entries.get(id);
      const isLast = entry?.lastMessage?.id === messageId;
      put(id, { version, ...(isLast && { lastMessage: { ...entry.lastMessage, ...fields } }) });
    },
    unreadChanged({ conversationId, readSeq = 0, latestSeq = 0 }) {
      const entry = entries.get(conversationId);
      if (!entry || (entry.lastMessage?.seq ?? 0) < latestSeq) refreshSoon();
      // Keeps the higher numbers, because the server may not have received the latest receipts yet.
      const known = entry ?? { readSeq: 0, latestSeq: 0 };
      put(conversationId, {
        readSeq: Math.max(known.readSeq, readSeq),
        latestSeq: Math.max(known.latestSeq, latestSeq),
      });
    },
    read(id, upToSeq) {
      const entry = entries.get(id);
      if (entry && entry.readSeq < upToSeq) put(id, { readSeq: upToSeq });
    },
    close: () => clearTimeout(refreshing),
  };
}

function namedRoom(name) {
  return { conversationId: name, kind: "open", isNamed: true, latestSeq: 0, version: 0, readSeq: 0, unread: 0 };
}

/** Returns the valid members of a conversation; undefined if it does not list them. */
const membersOf = ({ members }) =>
  Array.isArray(members) ? members.filter((member) => typeof member?.userId === "string") : undefined;

function later(known, other) {
  if (!isMessage(other)) return known;
  if (!isMessage(known)) return other;
  const isNewer = other.seq > known.seq || (other.seq === known.seq && (other.version ?? 0) >= (known.version ?? 0));
  return isNewer ? other : known;
}

const timeOf = ({ lastMessage, updatedAt, createdAt }) => String(lastMessage?.createdAt ?? updatedAt ?? createdAt ?? "");
