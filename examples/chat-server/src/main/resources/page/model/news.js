import { isMessage } from "./timeline.js";

const OF_THE_ROOM = [
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

/** Carries what the server tells to those whom it concerns. */
export function followNews({ user, connection, directory, marks, events, stored, join, leave, currentRoom }) {
  /** News without a conversation concern all. */
  function hear(event, payload) {
    const room = currentRoom();
    const isHere = !payload.conversationId || payload.conversationId === room?.id;
    if (isHere) room?.hear(event, payload);
  }

  OF_THE_ROOM.forEach((event) => connection.receive(event, (payload) => hear(event, payload)));

  connection.receive("receiveMessage", ({ conversationId, message }) => {
    if (!isMessage(message)) return;
    stored({ conversationId, ...message });
    marks.delivered(conversationId, message.seq);
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
    marks.delivered(conversationId, known.at(-1)?.seq);
  });
  connection.receive("syncRequired", () => directory.load());
  connection.receive("unreadChanged", directory.unreadChanged);

  function belongs({ conversation }) {
    if (!conversation) return directory.load();
    directory.take(conversation);
    join(conversation.conversationId);
  }

  connection.receive("conversationUpdated", belongs);
  connection.receive("memberAdded", (event) => {
    belongs(event);
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
