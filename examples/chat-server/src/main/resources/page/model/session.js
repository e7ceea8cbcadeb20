import { createConnection } from "../net/connection.js";
import { postMessage } from "../net/http-fallback.js";
import { tokenOf } from "../net/token.js";
import { createAttention } from "./attention.js";
import { thisDevice } from "./device.js";
import { createDirectory } from "./directory.js";
import { createEmitter } from "./emitter.js";
import { createMarks } from "./marks.js";
import { createOutbox } from "./outbox.js";
import { createPresence, tellWhetherAway } from "./presence.js";
import { createRoom } from "./room.js";
import { followNews } from "./news.js";
import { createSignIn } from "./sign-in.js";

const MOST_ROOMS = 50;

/**
 * One user at one server, with one conversation open at a time. Events: "state", "directory", "presence",
 * "opened" with the room or null, "closed" with a room's id and why the user is not let in, "expiring", "renewed", "draining", "ended" with a text, "unauthenticated" with a text.
 */
export function createSession(account) {
  const user = account.name;
  const events = createEmitter();
  const attention = createAttention();
  const connection = createConnection({ token: () => tokenOf(account), device: thisDevice(), positions });
  const directory = createDirectory({ user, connection, onChange: () => events.emit("directory") });
  const presence = createPresence({ connection, onChange: () => events.emit("presence") });
  const marks = createMarks({ connection, onRead: directory.read });
  const outbox = createOutbox({
    user,
    deliver,
    onStored: (message) => stored(message),
    onRefused: (entry, answer) => room?.id === entry.conversationId && room.refused(entry, answer),
    onChange: () => room?.outboxChanged(),
  });
  const signIn = createSignIn({ account, connection, events });
  const endAway = tellWhetherAway({ connection, attention });
  const joined = new Set();
  let room = null;
  let epoch = null;

  /** Where this user was, so that the server can go on from there. */
  function positions() {
    const rooms = {};
    [...joined].slice(-MOST_ROOMS).forEach((id) => {
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
    if (room?.id === message.conversationId) room.hear("receiveMessage", { message });
  }

  async function begin(greeting) {
    if (epoch && greeting.epoch && greeting.epoch !== epoch) directory.startAgain();
    epoch = greeting.epoch ?? epoch;
    if (!greeting.resumed) joined.clear();
    room?.enter();
    outbox.flush();
    marks.again();
    await directory.load();
    presence.again();
    joinAll();
  }

  /** In each of the newest conversations, so that what is said there is shown at once. */
  function joinAll() {
    directory.all().slice(0, MOST_ROOMS).forEach(({ conversationId }) => join(conversationId));
  }

  async function join(id) {
    if (joined.has(id) || connection.state() !== "online") return;
    joined.add(id);
    if (id === room?.id) return;
    const answer = await connection.ask("joinRoom", id);
    if (!answer?.success) return joined.delete(id);
    directory.joined(answer);
    marks.delivered(id, answer.latestSeq);
    if (answer.latestSeq > 0 && !directory.find(id)?.lastMessage) loadLastWords(id);
  }

  async function loadLastWords(id) {
    const answer = await connection.ask("getMessages", { conversationId: id, limit: 1 });
    if (Array.isArray(answer?.messages)) answer.messages.forEach(directory.message);
  }

  function changed(state) {
    events.emit("state", state);
    if (state === "online") return;
    room?.disconnected();
    presence.forget();
    events.emit("presence");
  }

  connection.on("state", changed);
  connection.on("session", begin);
  connection.on("unauthenticated", (text) => events.emit("unauthenticated", text));
  followNews({ user, connection, directory, marks, events, stored, join, leave: put, currentRoom: () => room });

  /** Puts a conversation away that the user is no member of any more. */
  function put(id) {
    joined.delete(id);
    directory.forget(id);
    if (room?.id === id) self.open(null);
  }

  /** A conversation that the user may not be in is no place to stay. */
  function closed(id, answer) {
    put(id);
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
        room = createRoom({ id, user, connection, outbox, directory, marks, attention });
        joined.add(id);
        room.on("closed", (answer) => closed(id, answer));
      }
      events.emit("opened", room);
      if (room && connection.state() === "online") room.enter();
      return room;
    },
    /** Makes a conversation and answers its id, or what was wrong with it. */
    async create(wanted) {
      const answer = await connection.ask("createConversation", wanted);
      if (answer?.success) directory.take(answer.conversation);
      return answer ?? { success: false, error: "This needs a connection." };
    },
    forget(id) {
      connection.tell("leaveRoom", id);
      put(id);
    },
    stop() {
      room?.close();
      room = null;
      joined.forEach((id) => connection.tell("leaveRoom", id));
      endAway();
      outbox.close();
      marks.close();
      directory.close();
      attention.close();
      connection.close();
    },
  };
  return self;
}
