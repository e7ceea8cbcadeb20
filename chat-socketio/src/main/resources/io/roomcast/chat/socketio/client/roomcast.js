import { createConnection } from "./connection.js";
import { surroundings } from "./environment.js";
import { HANDLED_BY } from "./events.js";
import { NOT_CONNECTED } from "./failure.js";
import { createInbox } from "./inbox.js";
import { createObservable } from "./observable.js";
import { createOutbox } from "./outbox.js";
import { createPresence } from "./presence.js";
import { createReceipts } from "./receipts.js";
import { createRoom } from "./room.js";
import { defaultStorage } from "./storage.js";
import { createWatched } from "./watched.js";

export { inMemory } from "./storage.js";

/**
 * @typedef {import("./roomcast.d.ts").Chat} Chat
 * @typedef {import("./roomcast.d.ts").ChatSnapshot} ChatSnapshot
 * @typedef {import("./roomcast.d.ts").ConnectOptions} ConnectOptions
 * @typedef {import("../contract/chat-events").Message} Message
 */

const KEEP = 300;
const LEAST_KEPT = 100;
const USERS_PAGE = 100;
const MAX_USERS = 1_000;
/** How many rooms keep their messages after they were left, so that a user who returns sees them immediately. */
const KEPT_ROOMS = 20;

/** @type {typeof import("./roomcast.d.ts").connect} */
export const connect = (options) => createChat(options, surroundings());

/**
 * @param {ConnectOptions} options
 * @param {import("./environment.js").Environment} environment
 * @returns {Chat}
 */
export function createChat(options, environment) {
  // Without the query and the fragment of a page, because all pages of a server share the unsent messages.
  const name = new URL(".", new URL(options.url ?? environment.base() ?? "", environment.base())).href;
  const keep = Math.max(LEAST_KEPT, options.keep ?? KEEP);
  /** @type {Map<string, ReturnType<typeof createRoom>>} */
  const rooms = new Map();
  /** The rooms that were left and keep their messages, the latest last. */
  const left = new Set();
  let userId = options.user;
  /** @type {import("../contract/chat-events").SessionEvent | undefined} */
  let session;
  let epoch = "";
  const connection = createConnection({ options, environment, onSession: begin, onLost: lost });
  const receipts = createReceipts({ environment, connection });
  const ownStorage = options.storage ? null : defaultStorage(name);
  const outbox = createOutbox({
    storage: options.storage ?? /** @type {NonNullable<typeof ownStorage>} */ (ownStorage),
    environment,
    name,
    deliver,
    epoch: () => epoch,
    // A tab does not know the epoch before its first connection.
    onStored: (message, at) => (at === epoch || !at || !epoch) && rooms.get(message.conversationId)?.stored(message),
  });
  const user = () => userId;
  /** @type {import("./files.js").FilesPart | undefined} */
  const files = options.files?.({ environment, connection, outbox, name, onChange: showFiles });
  const parts = { keep, environment, connection, outbox, files, receipts, user, request };
  const inbox = createInbox(parts);
  const presence = createPresence(parts);
  /** @type {ReturnType<typeof createWatched<import("../contract/chat-events").UserProfile>>} */
  const users = createWatched({ ...parts, event: "getUsers", field: "users", feature: "users", page: USERS_PAGE, max: MAX_USERS });
  const observable = createObservable(snapshot());
  const show = () => observable.set(snapshot());

  /** @returns {ChatSnapshot} */
  function snapshot() {
    const unsent = outbox.get().length + (files?.count() ?? 0);
    return Object.freeze({ ...connection.state.get(), ...(userId !== undefined && { userId }), ...(session && { session }), unsent });
  }

  /** @param {string} conversationId */
  function showFiles(conversationId) {
    // Not with each step of the progress.
    if (snapshot().unsent !== observable.get().unsent) show();
    rooms.get(conversationId)?.show();
  }

  /** @param {import("../contract/chat-events").SendMessagePayload} message */
  function deliver(message) {
    const payload = { ...message, ...(userId !== undefined && { senderId: userId }) };
    if (connection.isOnline()) return connection.request("sendMessage", payload);
    if (connection.state.get().status !== "connecting") return Promise.resolve(NOT_CONNECTED);
    const { conversationId, clientMessageId = "", ...body } = payload;
    const place = `api/conversations/${encodeURIComponent(conversationId)}/messages`;
    return connection.post(place, body, { "Idempotency-Key": clientMessageId });
  }

  /** @param {import("../contract/chat-events").SessionEvent} event */
  function begin(event) {
    session = event;
    const isSameEpoch = epoch === session.epoch;
    epoch = session.epoch;
    userId = session.userId ?? options.user;
    if (!isSameEpoch) receipts.reset();
    void outbox.open(userId ?? "");
    outbox.flush();
    files?.open(userId ?? "");
    files?.begin();
    rooms.forEach((room) => room.work());
    receipts.resend();
    inbox.begin(isSameEpoch);
    presence.begin();
    users.begin();
  }

  function lost() {
    rooms.forEach((room) => room.disconnected());
    presence.disconnected();
  }

  /** @param {string} id */
  function onLeft(id) {
    left.delete(id);
    left.add(id);
    if (left.size <= KEPT_ROOMS) return;
    const [oldest] = left;
    left.delete(oldest);
    rooms.get(oldest)?.forget();
  }

  /** @param {string} event @param {any} payload */
  async function request(event, payload) {
    const answer = await connection.request(event, payload);
    if (answer.conversation) inbox.answered(answer.conversation);
    if (answer.preferences) receive("preferencesChanged", { ...payload, preferences: answer.preferences });
    return answer;
  }

  /** @param {string} event @param {any} payload */
  function receive(event, payload) {
    if (event === "messagesBatch") return payload.forEach((/** @type {any} */ each) => receive("receiveMessage", each));
    const id = payload.conversationId;
    if (event === "presenceChanged") return presence.take([payload]);
    if (event === "userUpdated") return users.take([payload.user]);
    if (event === "syncRequired" && id === undefined) rooms.forEach((room) => room.receive(event, payload));
    else rooms.get(id)?.receive(event, payload);
    inbox.receive(event, payload);
    files?.receive(event, payload);
  }

  for (const [event, handlers] of Object.entries(HANDLED_BY)) {
    if (!handlers.includes("connection")) connection.on(event, (payload) => receive(event, payload));
  }
  connection.state.subscribe(show);
  outbox.subscribe(() => {
    show();
    rooms.forEach((room) => room.show());
  });
  if (options.user !== undefined) {
    void outbox.open(options.user);
    files?.open(options.user);
  }
  void connection.open();

  return {
    subscribe: observable.subscribe,
    getSnapshot: observable.get,
    inbox: inbox.inbox,
    presence: presence.list,
    users: users.list,
    ...(files && { files: files.links }),
    room(conversationId) {
      const known = rooms.get(conversationId) ?? createRoom({ conversationId, ...parts, onRead: inbox.read, onLeft });
      rooms.set(conversationId, known);
      return known.room;
    },
    request: /** @type {any} */ (request),
    /** @param {string} event @param {(payload: any) => void} listener */
    on(event, listener) {
      const ends = [connection.on(event, listener)];
      if (event === "receiveMessage") ends.push(connection.on("messagesBatch", (all) => all.forEach(listener)));
      return () => ends.forEach((end) => end());
    },
    reconnect: connection.reconnect,
    close() {
      rooms.forEach((room) => room.close());
      [receipts, inbox, presence, users, files, outbox, connection].forEach((part) => part?.close());
      ownStorage?.close();
      show();
      observable.clear();
    },
  };
}
