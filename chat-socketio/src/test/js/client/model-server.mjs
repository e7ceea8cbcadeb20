const PAGE = 12;
const SYNC = 15;

/** A server that speaks the protocol over links whose packets take time. It is a model of the rules, in one object. */
export class ModelServer {
  #world;
  #epochs = 0;
  #ids = 0;
  links = new Set();
  supports = ["users"];
  /** More fields of the session event. */
  session = {};
  limits = {};
  /** How many milliseconds the clock is ahead of the clients'. */
  ahead = 0;
  isUp = true;
  /** Faults happen while this is true. */
  isFaulty = true;
  /** Whether it believes the names of users, and keeps no receipts. */
  isAnonymous = false;
  rooms = new Map();
  /** The keys that were acknowledged or stored in an earlier epoch. */
  formerKeys = new Set();

  constructor(world) {
    this.#world = world;
    this.newEpoch();
  }

  newEpoch() {
    for (const room of this.rooms.values()) for (const { clientMessageId } of room.messages) this.formerKeys.add(clientMessageId);
    this.epoch = `epoch-${++this.#epochs}`;
    this.rooms = new Map();
    this.cutAll();
  }

  cutAll() {
    [...this.links].forEach((link) => link.cut());
  }

  room(id) {
    if (!this.rooms.has(id)) this.rooms.set(id, { id, messages: [], changes: [], gone: 0, read: {} });
    return this.rooms.get(id);
  }

  send(conversationId, senderId, { clientMessageId, content, type = "text", attachments }, more = {}) {
    const room = this.room(conversationId);
    const known = room.messages.find((one) => one.senderId === senderId && one.clientMessageId === clientMessageId);
    if (known && clientMessageId) return { success: true, message: known, duplicate: true };
    const id = `m${++this.#ids}`;
    const seq = room.messages.length + 1;
    const createdAt = new Date(this.#world.now).toISOString();
    const message = { id, _id: id, conversationId, seq, version: 0, senderId, type, content, createdAt, ...more };
    if (clientMessageId) message.clientMessageId = clientMessageId;
    if (attachments) message.attachments = attachments;
    room.messages.push(message);
    this.#broadcast(room, "receiveMessage", { conversationId, message });
    return { success: true, message };
  }

  /** Someone else changes a message. */
  change(room, kind, message) {
    if (message.deletedAt) return;
    const version = room.gone + room.changes.length + 1;
    const conversationId = room.id;
    room.changes.push({ version, seq: message.seq });
    const at = room.messages.indexOf(message);
    const deletedAt = new Date(this.#world.now).toISOString();
    const next = { ...message, version };
    if (kind === "edit") Object.assign(next, { content: `edited ${version}`, editedAt: deletedAt });
    if (kind === "delete") {
      Object.assign(next, { content: "", deletedAt, deletedBy: "carol" });
      delete next.reactions;
    }
    if (kind === "react") {
      if (next.reactions) delete next.reactions;
      else next.reactions = { "+": { count: 1, userIds: ["carol"] } };
    }
    room.messages[at] = next;
    if (kind === "edit") this.#broadcast(room, "messageEdited", { conversationId, message: next });
    const target = { conversationId, messageId: message.id, version };
    if (kind === "delete") this.#broadcast(room, "messageDeleted", { ...target, seq: message.seq, deletedAt, deletedBy: "carol" });
    if (kind === "react") this.#broadcast(room, "messageReactions", { ...target, reactions: next.reactions ?? {}, change: {} });
  }

  /** Forgets old changes, so that positions before them are lost. */
  forgetChanges(room) {
    room.gone += room.changes.length;
    room.changes = [];
  }

  #broadcast(room, event, payload) {
    for (const link of this.links) if (link.joined.has(room.id)) link.tell(event, payload);
  }

  #head(room) {
    return { seq: room.messages.length, version: room.gone + room.changes.length };
  }

  #missed(room, after) {
    const head = this.#head(room);
    if (after.seq > head.seq || after.version > head.version || after.version < room.gone) return null;
    const covered = { seq: Math.min(head.seq, after.seq + SYNC), version: Math.min(head.version, after.version + SYNC) };
    const touched = new Set(
      room.changes.filter(({ version }) => version > after.version && version <= covered.version).map(({ seq }) => seq),
    );
    const messages = room.messages.filter(
      ({ seq }) => (seq <= after.seq && touched.has(seq)) || (seq > after.seq && seq <= covered.seq),
    );
    const hasMore = covered.seq < head.seq || covered.version < head.version;
    return { messages, covered, hasMore };
  }

  answer(link, event, payload) {
    const id = typeof payload === "string" ? payload : payload.conversationId;
    const handler = this[`on_${event}`];
    if (!handler) return { success: true };
    return handler.call(this, link, this.room(id), payload);
  }

  on_joinRoom(link, room, { after }) {
    const missed = after && this.#missed(room, after);
    if (after && !missed) return failure("position_lost", false);
    link.joined.add(room.id);
    const { seq, version } = this.#head(room);
    const state = { conversationId: room.id, epoch: this.epoch, latestSeq: seq, version, readSeq: 0, unread: seq, online: 1 };
    return { success: true, ...state, ...missed };
  }

  on_leaveRoom(link, room) {
    link.joined.delete(room.id);
    return { success: true };
  }

  on_getMessages(link, room, { before, after, around, limit = PAGE }) {
    const size = Math.min(limit, PAGE);
    if (around !== undefined) return this.#around(room, room.messages.find(({ id }) => id === around), size);
    const { seq, version } = this.#head(room);
    const all = room.messages.filter((one) => (before === undefined || one.seq < before) && one.seq > (after ?? 0));
    const messages = after === undefined ? all.slice(-size) : all.slice(0, size);
    return { success: true, messages, hasMore: all.length > size, latestSeq: seq, version, epoch: this.epoch };
  }

  #around(room, message, size) {
    if (!message) return failure("message_not_found", false);
    const { seq, version } = this.#head(room);
    const from = message.seq - Math.floor(size / 2);
    const messages = room.messages.filter((one) => one.seq >= from && one.seq < from + size);
    return { success: true, messages, hasMore: messages.length < seq, latestSeq: seq, version, epoch: this.epoch };
  }

  on_getMessage(link, room, { messageId }) {
    const message = room.messages.find(({ id }) => id === messageId);
    return message ? { success: true, message } : failure("message_not_found", false);
  }

  on_getConversation(link, { id, title, members }) {
    return { success: true, conversation: { conversationId: id, title }, ...(members && { role: "member" }) };
  }

  on_getMembers(link, { members = [] }, { cursor = "0", limit }) {
    const end = Number(cursor) + limit;
    return { success: true, members: members.slice(Number(cursor), end), ...(end < members.length && { next: `${end}` }) };
  }

  on_getPins(link, room) {
    return { success: true, messages: room.messages.filter(({ pinned }) => pinned) };
  }

  on_syncRoom(link, room, { after, epoch }) {
    const missed = epoch === this.epoch && this.#missed(room, after);
    if (!missed) return failure("position_lost", false);
    return { success: true, conversationId: room.id, epoch: this.epoch, receipts: { delivered: [], read: [] }, ...missed };
  }

  on_sendMessage(link, room, payload) {
    return this.send(room.id, link.user, payload);
  }

  on_getReceipts() {
    return { success: true, delivered: [], read: [] };
  }

  on_getConversations() {
    return { success: true, conversations: [] };
  }

  /** A failure before anything was done. */
  fault() {
    const { chance, pick } = bound(this.#world);
    if (!this.isFaulty || !chance(0.05)) return null;
    const code = pick(["rate_limited", "storage_unavailable", "unavailable", "internal_error"]);
    return { ...failure(code, true), ...(chance(0.5) && { retryAfterMs: 200 }) };
  }
}

export const failure = (code, retryable) => ({ success: false, code, error: code, retryable });

const bound = (world) => ({ chance: (p) => world.chance(p), pick: (list) => world.pick(list) });
