import { createOccupants } from "./occupants.js";
import { createEmitter } from "./emitter.js";
import { createHistory } from "./history.js";
import { createReceipts } from "./receipts.js";
import { createTimeline, isMessage } from "./timeline.js";
import { createOthersTyping, createOwnTyping } from "./typing.js";

const CLOSED = new Set(["forbidden", "conversation_not_found", "not_a_member"]);

/**
 * The open conversation of a user. Events: "messages" with the new ones, "outbox", "receipts", "occupants", "typing" with
 * the names, "error" with a text, "refused" with a message that the user can correct, "closed" with the answer that
 * refused the user.
 */
export function createRoom({ id, user, connection, outbox, directory, receiptSender, attention }) {
  const events = createEmitter();
  const timeline = createTimeline();
  let isClosed = false;
  const receipts = createReceipts(user);
  const showError = (answer) => events.emit("error", answer.error);
  const history = createHistory({
    room: id,
    connection,
    timeline,
    onChange: arrived,
    onReceipts: (all) => updateReceipts(() => receipts.addAll(all)),
    onError: showError,
  });
  const typing = createOwnTyping({ user, room: id, connection });
  const othersTyping = createOthersTyping({ onChange: (names) => events.emit("typing", names) });
  const occupants = createOccupants({ id, user, connection, attention, onChange: () => events.emit("occupants") });

  function arrived(added) {
    receiptSender.delivered(id, timeline.newestSeq());
    if (added.length > 0) directory.message(timeline.messages.at(-1));
    receipts.addSenders(added);
    events.emit("messages", added);
  }

  function updateReceipts(update) {
    update();
    events.emit("receipts");
  }

  async function ask(event, payload) {
    const answer = await connection.ask(event, { conversationId: id, ...payload });
    if (answer && !answer.success) showError(answer);
    return answer?.success ? answer : null;
  }

  /** Requests a change and shows its result immediately. The event that follows has no further effect. */
  async function change(event, messageId, payload, fieldsOf) {
    const answer = await ask(event, { messageId, ...payload });
    if (!answer) return false;
    changed(messageId, answer.message?.version ?? answer.version, fieldsOf(answer));
    return true;
  }

  function changed(messageId, version, fields) {
    if (timeline.change(messageId, version, fields)) events.emit("messages", []);
  }

  function tombstone({ deletedBy = user, deletedAt = new Date().toISOString() }) {
    return { content: "", deletedBy, deletedAt, reactions: undefined, editedAt: undefined };
  }

  const handlers = {
    receiveMessage: ({ message }) => {
      othersTyping.end(message.senderId);
      history.receive(message);
    },
    messageEdited: ({ message }) => {
      if (!isMessage(message)) return;
      history.changed(message.version);
      changed(message.id, message.version, message);
    },
    messageDeleted: (event) => {
      history.changed(event.version);
      changed(event.messageId, event.version, tombstone(event));
    },
    messageReactions: ({ messageId, version, reactions }) => {
      history.changed(version);
      changed(messageId, version, { reactions });
    },
    messagesDelivered: (receipt) => updateReceipts(() => receipts.delivered(receipt)),
    messagesRead: (receipt) => updateReceipts(() => receipts.read(receipt)),
    userTyping: ({ userId, expiresInMs }) => othersTyping.begin(userId, expiresInMs),
    userStoppedTyping: ({ userId }) => othersTyping.end(userId),
    userViewing: ({ userId }) => occupants.viewing(userId),
    userStoppedViewing: ({ userId }) => occupants.stoppedViewing(userId),
    userJoined: (event) => occupants.joined(event),
    userLeft: (event) => occupants.left(event),
    roomSync: (page) => history.resumed(page),
    syncRequired: ({ reason }) =>
      reason === "gap" || reason === "slow_client" ? history.catchUp() : history.reset(),
  };

  return {
    id,
    user,
    timeline,
    history,
    receipts,
    occupants,
    typing,
    on: events.on,
    can: connection.can,
    conversation: () => directory.find(id) ?? { conversationId: id, kind: "open" },
    unsent: () => outbox.entriesOf(id),
    say: (content, replyTo) => outbox.add({ conversationId: id, content, replyTo }),
    retry: outbox.retry,
    discard: outbox.discard,
    edit: (messageId, content) => change("editMessage", messageId, { content }, ({ message }) => message),
    remove: (messageId) => change("deleteMessage", messageId, {}, tombstone),
    react: (messageId, key, isOn) =>
      change(isOn ? "addReaction" : "removeReaction", messageId, { key }, ({ reactions }) => ({ reactions })),
    /** Marks the newest message as read if the page is active. */
    seen: () => attention.isActive() && receiptSender.read(id, timeline.newestSeq()),
    showError,
    outboxChanged: () => events.emit("outbox"),
    refused(entry, answer) {
      showError(answer);
      const offer = { content: entry.content, replyTo: entry.replyTo, taken: false };
      events.emit("refused", offer);
      return offer.taken;
    },
    receive: (event, payload) => handlers[event]?.(payload),
    /** Joins the room on a new connection, and loads what is missing. */
    async enter() {
      const answer = await connection.ask("joinRoom", { conversationId: id });
      if (!answer || isClosed) return;
      if (!answer.success) return CLOSED.has(answer.code) ? events.emit("closed", answer) : showError(answer);
      directory.joined(answer);
      occupants.entered(answer);
      directory.complete(id);
      await history.compare(answer);
      const known = await ask("getReceipts");
      if (known) updateReceipts(() => receipts.addAll(known));
    },
    disconnected() {
      othersTyping.clear();
      occupants.clear();
    },
    close() {
      isClosed = true;
      typing.stop();
      othersTyping.clear();
      occupants.close();
    },
  };
}
