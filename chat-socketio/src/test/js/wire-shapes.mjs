import assert from "node:assert/strict";

const text = (value) => assert.equal(typeof value, "string");
const flag = (value) => assert.equal(typeof value, "boolean");
const time = (value) => assert.equal(new Date(value).toISOString(), value);

function count(value) {
  assert.ok(Number.isSafeInteger(value) && value >= 0, `${value} is no count`);
}

function id(value) {
  text(value);
  assert.notEqual(value, "");
}

const oneOf = (...names) => (value) => assert.ok(names.includes(value), `${value} is none of ${names}`);
const object = (value) => assert.equal(Object.prototype.toString.call(value), "[object Object]");
const each = (shape) => (map) => Object.values(map).forEach((value) => assertShape(value, shape));

/** Checks that a value has all fields of a shape, each of its type, and no others; those with a "?" may be absent. */
export function assertShape(value, shape, path = "it") {
  if (typeof shape === "function") {
    shape(value);
  } else if (Array.isArray(shape)) {
    assert.ok(Array.isArray(value), `${path} is a list`);
    value.forEach((element, index) => assertShape(element, shape[0], `${path}[${index}]`));
  } else {
    assertFields(value, shape, path);
  }
}

function assertFields(value, shape, path) {
  object(value);
  const known = new Set(Object.keys(shape).map((field) => field.replace("?", "")));
  assert.deepEqual(Object.keys(value).filter((field) => !known.has(field)), [], `${path} has nothing else`);
  for (const [name, type] of Object.entries(shape)) {
    const field = name.replace("?", "");
    assert.ok(name.endsWith("?") || field in value, `${path} has ${field}: ${JSON.stringify(value)}`);
    if (field in value) {
      assertShape(value[field], type, `${path}.${field}`);
    }
  }
}

const POSITION = { seq: count, version: count };
const REACTIONS = each({ count, userIds: [id] });
const RECEIPT = { conversationId: id, userId: id, upToSeq: count, at: time };
const RECEIPTS = { delivered: [RECEIPT], read: [RECEIPT] };
const PRESENCE = { userId: id, status: oneOf("online", "away", "offline"), "lastSeenAt?": time };

const MESSAGE = {
  id,
  _id: id,
  conversationId: id,
  ...POSITION,
  senderId: id,
  "clientMessageId?": id,
  type: oneOf("text", "file", "image", "system", "call"),
  content: text,
  "fileUrl?": id,
  "fileName?": id,
  "fileSize?": count,
  "mimeType?": id,
  "replyTo?": id,
  "mentions?": [id],
  "metadata?": object,
  createdAt: time,
  "editedAt?": time,
  "deletedAt?": time,
  "deletedBy?": id,
  "reactions?": REACTIONS,
};

const CONVERSATION = {
  conversationId: id,
  kind: oneOf("direct", "group", "open"),
  "title?": text,
  "members?": [{ userId: id, role: oneOf("owner", "admin", "member"), joinedAt: time }],
  "metadata?": object,
  createdAt: time,
  updatedAt: time,
  latestSeq: count,
  version: count,
  "lastMessage?": { ...MESSAGE, "deleted?": flag },
  "readSeq?": count,
  "unread?": count,
};

const PAGE = { messages: [MESSAGE], hasMore: flag };
const SYNC_PAGE = { ...PAGE, conversationId: id, receipts: RECEIPTS, covered: POSITION, epoch: id };
const SOMEBODY = { conversationId: id, userId: id };

/** What a success answers, apart from `success: true`. */
export const ANSWERS = {
  joinRoom: {
    conversationId: id,
    epoch: id,
    latestSeq: count,
    version: count,
    readSeq: count,
    unread: count,
    online: count,
    "messages?": [MESSAGE],
    "covered?": POSITION,
    "hasMore?": flag,
  },
  leaveRoom: { conversationId: id },
  sendMessage: { message: MESSAGE, "duplicate?": flag },
  typing: { expiresInMs: count },
  stopTyping: {},
  editMessage: { message: MESSAGE },
  deleteMessage: { messageId: id, ...POSITION },
  addReaction: { reactions: REACTIONS, version: count },
  removeReaction: { reactions: REACTIONS, version: count },
  markDelivered: { upToSeq: count },
  markRead: { upToSeq: count, unread: count },
  getReceipts: RECEIPTS,
  getMessages: { ...PAGE, latestSeq: count, version: count, epoch: id },
  syncRoom: SYNC_PAGE,
  createConversation: { conversation: CONVERSATION },
  updateConversation: { conversation: CONVERSATION },
  addMembers: { conversation: CONVERSATION },
  removeMember: { conversation: CONVERSATION },
  getConversations: { conversations: [CONVERSATION], "next?": id },
  viewing: { viewers: [id] },
  stopViewing: {},
  setPresence: { presence: PRESENCE },
  getPresence: { presence: [PRESENCE] },
  subscribePresence: { presence: [PRESENCE] },
  unsubscribePresence: { presence: [PRESENCE] },
  refreshToken: { expiresAt: time },
};

/** The payloads of what clients are told. */
export const EVENTS = {
  session: {
    protocol: count,
    sessionId: id,
    userId: id,
    epoch: id,
    serverTime: time,
    "tokenExpiresAt?": time,
    resumed: flag,
    limits: each(count),
    features: [id],
  },
  receiveMessage: { conversationId: id, message: MESSAGE },
  userTyping: { ...SOMEBODY, "expiresInMs?": count },
  userStoppedTyping: SOMEBODY,
  messageEdited: { conversationId: id, message: MESSAGE },
  messageDeleted: { conversationId: id, messageId: id, ...POSITION, deletedBy: id, deletedAt: time },
  messageReactions: {
    conversationId: id,
    messageId: id,
    version: count,
    reactions: REACTIONS,
    change: { userId: id, key: id, op: oneOf("add", "remove") },
  },
  messagesDelivered: RECEIPT,
  messagesRead: RECEIPT,
  unreadChanged: { conversationId: id, unread: count, readSeq: count, latestSeq: count },
  userJoined: { ...SOMEBODY, online: count },
  userLeft: { ...SOMEBODY, online: count },
  memberAdded: { ...SOMEBODY, "by?": id, "conversation?": CONVERSATION },
  memberRemoved: { ...SOMEBODY, "by?": id, "conversation?": CONVERSATION },
  conversationUpdated: { conversationId: id, "by?": id, conversation: CONVERSATION },
  presenceChanged: PRESENCE,
  userViewing: SOMEBODY,
  userStoppedViewing: SOMEBODY,
};
