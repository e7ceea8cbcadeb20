import { isMessage } from "./timeline.js";

const ROOM_EVENTS = [
  "messageEdited",
  "messageDeleted",
  "messageReactions",
  "messagesDelivered",
  "messagesRead",
  "userTyping",
  "userStoppedTyping",
  "userViewing",
  "userStoppedViewing",
  "userJoined",
  "userLeft",
  "roomSync",
  "syncRequired",
];

/** Passes the events of the server to the open room and to the directory. */
export function followServerEvents({ user, connection, directory, receiptSender, events, stored, join, leave, currentRoom }) {
  /** Passes an event to the open room. Events without a conversation concern every room. */
  function dispatch(event, payload) {
    const room = currentRoom();
    const isHere = !payload.conversationId || payload.conversationId === room?.id;
    if (isHere) room?.receive(event, payload);
  }

  ROOM_EVENTS.forEach((event) => connection.receive(event, (payload) => dispatch(event, payload)));

  connection.receive("receiveMessage", ({ conversationId, message }) => {
    if (!isMessage(message)) return;
    stored({ conversationId, ...message });
    receiptSender.delivered(conversationId, message.seq);
  });
  connection.receive("messageEdited", ({ conversationId, message }) =>
    directory.changed(conversationId, message?.version, message?.id, message),
  );
  connection.receive("messageDeleted", ({ conversationId, messageId, version }) =>
    directory.changed(conversationId, version, messageId, { content: "", deleted: true }),
  );
  connection.receive("messageReactions", ({ conversationId, version }) => directory.changed(conversationId, version));
  connection.receive("messagesRead", ({ conversationId, userId, upToSeq }) => {
    if (userId === user) directory.read(conversationId, upToSeq);
  });
  connection.receive("roomSync", ({ conversationId, messages }) => {
    const known = (messages ?? []).filter(isMessage);
    known.forEach(directory.message);
    receiptSender.delivered(conversationId, known.at(-1)?.seq);
  });
  connection.receive("syncRequired", () => directory.load());
  connection.receive("unreadChanged", directory.unreadChanged);

  function updateConversation({ conversation }) {
    if (!conversation) return directory.load();
    directory.take(conversation);
    join(conversation.conversationId);
  }

  connection.receive("conversationUpdated", updateConversation);
  connection.receive("memberAdded", (event) => {
    updateConversation(event);
    directory.memberAdded(event);
  });
  connection.receive("memberRemoved", (event) => {
    if (event.userId === user) leave(event.conversationId);
    else directory.memberRemoved(event);
  });

  connection.receive("serverDraining", () => events.emit("draining"));
  connection.receive("sessionRevoked", ({ reason, reconnect }) => {
    if (!reconnect) events.emit("ended", reason);
  });
}
