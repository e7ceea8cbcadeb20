import { createConnection } from "../net/connection.js";
import { postMessage } from "../net/http-fallback.js";
import { tokenOf } from "../net/token.js";
import { createAttention } from "./attention.js";
import { thisDevice } from "./device.js";
import { createDirectory } from "./directory.js";
import { createEmitter } from "./emitter.js";
import { createReceiptSender } from "./receipt-sender.js";
import { createOutbox } from "./outbox.js";
import { createPresence, reportAway } from "./presence.js";
import { createRoom } from "./room.js";
import { followServerEvents } from "./server-events.js";
import { createSignIn } from "./sign-in.js";

const MAX_ROOMS = 50;

/**
 * The session of one user at one server, with one open conversation at a time. Events: "state", "directory", "presence",
 * "opened" with the room or null, "closed" with a room's id and the reason for which the user may not join it, "expiring",
 * "renewed", "draining", "ended" with a text, "unauthenticated" with a text.
 */
export function createSession(account) {
  const user = account.name;
  const events = createEmitter();
  const attention = createAttention();
  const connection = createConnection({ token: () => tokenOf(account), device: thisDevice(), positions });
  const directory = createDirectory({ user, connection, onChange: () => events.emit("directory") });
  const presence = createPresence({ connection, onChange: () => events.emit("presence") });
  const receiptSender = createReceiptSender({ connection, onRead: directory.read });
  const outbox = createOutbox({
    user,
    deliver,
    onStored: (message) => stored(message),
    onRefused: (entry, answer) => room?.id === entry.conversationId && room.refused(entry, answer),
    onChange: () => room?.outboxChanged(),
  });
  const signIn = createSignIn({ account, connection, events });
  const endAway = reportAway({ connection, attention });
  const joined = new Set();
  let room = null;
  let epoch = null;

  /** Returns the positions of the joined rooms, from which the server continues. */
  function positions() {
    const rooms = {};
    [...joined].slice(-MAX_ROOMS).forEach((id) => {
      const { latestSeq, version } = directory.find(id) ?? {};
      if (latestSeq !== undefined) rooms[id] = { seq: latestSeq, version };
    });
    const own = room?.history.position();
    if (own) rooms[room.id] = own;
    else delete rooms[room?.id];
    return epoch && Object.keys(rooms).length > 0 ? { epoch, rooms } : undefined;
  }

  function deliver(message) {
    if (connection.state() === "online") return connection.ask("sendMessage", message);
    return postMessage(message, tokenOf(account));
  }

  function stored(message) {
    outbox.confirm(message);
    directory.message(message);
    if (room?.id === message.conversationId) room.receive("receiveMessage", { message });
  }

  async function begin(info) {
    if (epoch && info.epoch && info.epoch !== epoch) directory.reset();
    epoch = info.epoch ?? epoch;
    if (!info.resumed) joined.clear();
    directory.begin();
    room?.enter();
    outbox.flush();
    receiptSender.resend();
    await directory.load();
    presence.resubscribe();
    joinAll();
  }

  /** Joins the most recent conversations, so that their new messages are shown immediately. */
  function joinAll() {
    directory.all().slice(0, MAX_ROOMS).forEach(({ conversationId }) => join(conversationId));
  }

  async function join(id) {
    if (joined.has(id) || connection.state() !== "online") return;
    joined.add(id);
    if (id === room?.id) return;
    const answer = await connection.ask("joinRoom", id);
    if (!answer?.success) return joined.delete(id);
    directory.joined(answer);
    receiptSender.delivered(id, answer.latestSeq);
    if (answer.latestSeq > 0 && !directory.find(id)?.lastMessage) loadLastMessage(id);
  }

  async function loadLastMessage(id) {
    const answer = await connection.ask("getMessages", { conversationId: id, limit: 1 });
    if (Array.isArray(answer?.messages)) answer.messages.forEach(directory.message);
  }

  function changed(state) {
    events.emit("state", state);
    if (state === "online") return;
    room?.disconnected();
    presence.clear();
    events.emit("presence");
  }

  connection.on("state", changed);
  connection.on("session", begin);
  connection.on("unauthenticated", (text) => events.emit("unauthenticated", text));
  followServerEvents({ user, connection, directory, receiptSender, events, stored, join, leave: remove, currentRoom: () => room });

  /** Removes a conversation of which the user is no longer a member. */
  function remove(id) {
    joined.delete(id);
    directory.forget(id);
    if (room?.id === id) self.open(null);
  }

  /** Closes a conversation that the user may not join. */
  function closed(id, answer) {
    remove(id);
    events.emit("closed", { id, text: answer.error });
  }

  const self = {
    user,
    directory,
    presence,
    attention,
    signIn,
    on: events.on,
    state: connection.state,
    can: connection.can,
    ask: connection.ask,
    room: () => room,
    start() {
      events.emit("state", connection.state());
      connection.open();
      outbox.flush();
    },
    open(id) {
      if (room?.id === id) return room;
      room?.close();
      room = null;
      if (id) {
        directory.open(id);
        room = createRoom({ id, user, connection, outbox, directory, receiptSender, attention });
        joined.add(id);
        room.on("closed", (answer) => closed(id, answer));
      }
      events.emit("opened", room);
      if (room && connection.state() === "online") room.enter();
      return room;
    },
    /** Creates a conversation. Returns the server's answer, or one with an error if there is no connection. */
    async create(wanted) {
      const answer = await connection.ask("createConversation", wanted);
      if (answer?.success) directory.take(answer.conversation);
      return answer ?? { success: false, error: "This needs a connection." };
    },
    forget(id) {
      connection.send("leaveRoom", id);
      remove(id);
    },
    stop() {
      room?.close();
      room = null;
      joined.forEach((id) => connection.send("leaveRoom", id));
      endAway();
      outbox.close();
      receiptSender.close();
      directory.close();
      attention.close();
      connection.close();
    },
  };
  return self;
}
