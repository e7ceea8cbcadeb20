/**
 * Every event of the contract: which part of the client handles it. An event may be handled by several parts. Those of
 * the connection follow each other in an order of their own.
 *
 * @typedef {"connection" | "room" | "changes" | "activity" | "details" | "inbox" | "presence" | "users" | "files" | "room-call" | "failure"} Part
 * @type {Record<keyof import("../contract/chat-events").ServerToClientEvents, readonly Part[]>}
 */
export const HANDLED_BY = {
  session: ["connection"],
  tokenExpiring: ["connection"],
  sessionRevoked: ["connection"],
  serverDraining: ["connection"],
  receiveMessage: ["room", "inbox"],
  messagesBatch: ["room", "inbox"],
  messageEdited: ["changes", "inbox"],
  messageDeleted: ["changes", "inbox"],
  messageReactions: ["changes"],
  messagePinned: ["changes", "room"],
  messageAnnotated: ["changes"],
  roomSync: ["room"],
  syncRequired: ["room", "inbox"],
  messagesDelivered: ["activity"],
  messagesRead: ["room", "inbox"],
  unreadChanged: ["room", "inbox"],
  userJoined: ["activity"],
  userLeft: ["activity"],
  userTyping: ["activity"],
  userStoppedTyping: ["activity"],
  userViewing: ["activity"],
  userStoppedViewing: ["activity"],
  roomStats: ["room", "activity"],
  userUpdated: ["users"],
  presenceChanged: ["presence"],
  conversationUpdated: ["room", "details", "inbox"],
  conversationDeleted: ["room", "inbox"],
  memberAdded: ["room", "details", "inbox"],
  memberRemoved: ["room", "details", "inbox"],
  memberUpdated: ["details", "inbox"],
  // The application's own: no part of the client handles it.
  customEvent: [],
  // Those of calls without a part are handled by roomcast-calls.js.
  incomingCall: [],
  callStarted: ["room-call"],
  callAccepted: [],
  callUpdated: [],
  callDeclined: [],
  callSignal: [],
  callLeft: [],
  callEnded: ["room-call"],
  preferencesChanged: ["details", "inbox"],
  uploadProgress: ["activity"],
  uploadFinished: ["activity", "files"],
  // Every request that may fail has an ack, so these two report only events that need no answer, such as typing.
  messageError: ["failure"],
  chatError: ["failure"],
};
