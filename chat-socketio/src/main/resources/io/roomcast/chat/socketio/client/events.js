/**
 * Every event of the contract: which part of the client handles it. An event may be handled by several parts. Those of
 * the connection follow each other in an order of their own.
 *
 * @type {Record<keyof import("../contract/chat-events").ServerToClientEvents, readonly ("connection" | "room" | "inbox" | "presence" | "details" | "failure")[]>}
 */
export const HANDLED_BY = {
  session: ["connection"],
  tokenExpiring: ["connection"],
  sessionRevoked: ["connection"],
  serverDraining: ["connection"],
  receiveMessage: ["room", "inbox"],
  messagesBatch: ["room", "inbox"],
  messageEdited: ["room", "inbox"],
  messageDeleted: ["room", "inbox"],
  messageReactions: ["room"],
  roomSync: ["room"],
  syncRequired: ["room", "inbox"],
  messagesDelivered: ["room"],
  messagesRead: ["room", "inbox"],
  unreadChanged: ["room", "inbox"],
  userJoined: ["room"],
  userLeft: ["room"],
  userTyping: ["room"],
  userStoppedTyping: ["room"],
  userViewing: ["room"],
  userStoppedViewing: ["room"],
  roomStats: [],
  userUpdated: [],
  presenceChanged: ["presence"],
  conversationUpdated: ["room", "details", "inbox"],
  conversationDeleted: ["room", "inbox"],
  memberAdded: ["room", "details", "inbox"],
  memberRemoved: ["room", "details", "inbox"],
  memberUpdated: ["details", "inbox"],
  // The application's own: no part of the client handles it.
  customEvent: [],
  preferencesChanged: ["details", "inbox"],
  // Every request that may fail has an ack, so these two report only events that need no answer, such as typing.
  messageError: ["failure"],
  chatError: ["failure"],
};
