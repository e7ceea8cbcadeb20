import { NO_ACTIVITY, withReceipts, withTyping, withViewer, withoutPresent } from "./activity.js";
import { createDetails } from "./details.js";
import { createDraft } from "./draft.js";
import { failureOf, placeOfUnsendable } from "./failure.js";
import { createObservable } from "./observable.js";
import { createPages } from "./pages.js";
import { withMine } from "./reactions.js";
import {
  changeTo,
  changed,
  discarded,
  disconnected,
  isMessage,
  joined,
  newTimeline,
  nextRequest,
  received,
  restarted,
  stored,
  withMissed,
  withNewest,
} from "./timeline.js";
import { snapshotOf } from "./room-snapshot.js";
import { createTyping } from "./typing.js";
import { createViewing } from "./viewing.js";

/**
 * @typedef {import("./roomcast.d.ts").RoomSnapshot} RoomSnapshot
 * @typedef {import("./timeline.js").Timeline} Timeline
 * @typedef {import("../contract/chat-events").Failure} Failure
 * @typedef {import("../contract/chat-events").Message} Message
 */

const PAGE = 50;
const RETRY = 1_000;
/** How long a room without subscribers stays joined, so that a view may be replaced by the next one. */
const LINGER = 1_000;

/**
 * A room: its state, and the requests that keep it complete.
 *
 * @param {object} parts
 * @param {string} parts.conversationId
 * @param {number} parts.keep
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 * @param {ReturnType<import("./outbox.js").createOutbox>} parts.outbox
 * @param {ReturnType<import("./receipts.js").createReceipts>} parts.receipts
 * @param {() => string | undefined} parts.user
 * @param {(event: string, payload: object) => Promise<any>} parts.request
 * @param {(conversationId: string, readSeq: number) => void} parts.onRead
 * @param {(conversationId: string) => void} parts.onLeft
 */
export function createRoom({ conversationId, keep, environment, connection, outbox, receipts, user, request, onRead, onLeft }) {
  let timeline = newTimeline(keep);
  let activity = NO_ACTIVITY;
  /** Messages up to `seen` do not count as unread. It is below `readSeq` after the user has marked messages as unread. */
  let reading = { readSeq: 0, seen: 0, latestSeq: 0 };
  /** @type {Failure | undefined} */
  let failure;
  let working = false;
  /** How often events were lost. If it was during a join, the answer does not have them. */
  let losses = 0;
  /** What is requested besides the messages, on each connection, and what of it is missing. */
  const wanted = new Set(["receipts"]);
  let missing = new Set(wanted);
  let closed = false;
  /** @type {unknown} */
  let timer = null;
  /** @type {unknown} */
  let typingTimer = null;
  /** @type {unknown} */
  let lingering = null;
  const details = createDetails({ ask: change, user, onStale: () => load("details") });
  const draft = createDraft({ environment, details, ask: change });
  const observable = createObservable(snapshot());
  details.subscribe(() => show());
  const typing = createTyping({ conversationId, environment, connection, user });
  const onViewers = (/** @type {string[]} */ viewers) => act({ ...activity, viewers });
  const viewing = createViewing({ conversationId, environment, connection, user, onViewers });
  const isWanted = () => !closed && (observable.count() > 0 || lingering !== null);

  /** @returns {RoomSnapshot} */
  function snapshot() {
    const unsent = outbox.get().filter((entry) => entry.conversationId === conversationId);
    return snapshotOf({ conversationId, timeline, activity, details: details.get(), reading, failure, unsent, userId: user() });
  }

  const show = () => observable.set(snapshot());

  /** @param {Timeline} next */
  function update(next) {
    if (closed) return;
    const before = timeline.rows;
    timeline = next;
    if (outbox.get().length > 0 && before !== next.rows) confirm(next.rows);
    if (next.loaded && isWanted()) receipts.raise("delivered", conversationId, next.seq);
    show();
    work();
  }

  /** Removes unsent messages that have arrived. @param {Timeline["rows"]} rows */
  function confirm(rows) {
    for (const { senderId, clientMessageId } of rows) {
      if (clientMessageId && senderId === user()) outbox.discard(clientMessageId);
    }
  }

  /** Requests what is missing, one thing at a time. */
  async function work() {
    if (working || timer !== null || !isWanted() || failure || !connection.isOnline()) return;
    const next = nextRequest(timeline);
    if (next === null) return missing.forEach(loadRest);
    working = true;
    const { generation } = timeline;
    const at = connection.session();
    const before = losses;
    const answer = await (next === "join" ? join() : next === "newest" ? page({}) : sync());
    working = false;
    if (closed || at !== connection.session()) return void work();
    if (!answer.success) return failed(answer, next);
    if (next === "join") return entered(answer, before === losses);
    if (generation === timeline.generation) {
      if (answer.epoch !== timeline.epoch) return update(disconnected(discarded(timeline)));
      const before = timeline;
      const after = next === "newest" ? withNewest(before, answer) : missed(answer);
      // The server does not have what is missing yet, or never will.
      if (next === "sync" && !answer.hasMore && after.seq + after.version === before.seq + before.version) retry();
      return update(after);
    }
    work();
  }

  function join() {
    const { loaded, seq, version, epoch } = timeline;
    const isValid = loaded && epoch === connection.session()?.epoch;
    return connection.request("joinRoom", { conversationId, ...(isValid && { after: { seq, version } }) });
  }

  const sync = () => {
    const { seq, version, epoch } = timeline;
    return connection.request("syncRoom", { conversationId, after: { seq, version }, epoch });
  };

  /** @param {object} cursor */
  const page = (cursor) => connection.request("getMessages", { conversationId, limit: PAGE, ...cursor });

  /** @param {import("../contract/chat-events").JoinRoomResult} answer @param {boolean} isComplete */
  function entered(answer, isComplete) {
    const next = joined(timeline, answer);
    if (next.generation !== timeline.generation) {
      // Receipts of another epoch name messages that no longer exist.
      activity = NO_ACTIVITY;
      wanted.forEach((part) => missing.add(part));
    }
    activity = { ...activity, online: answer.online };
    if (timeline.epoch !== answer.epoch) reading = { readSeq: 0, seen: 0, latestSeq: 0 };
    counted(answer);
    viewing.entered();
    update({ ...next, joined: isComplete });
  }

  /** @param {import("../contract/chat-events").RoomSyncEvent} answer */
  function missed(answer) {
    if (answer.receipts) addReceipts(answer.receipts);
    return withMissed(timeline, answer);
  }

  /** @param {Failure} answer @param {"join" | "newest" | "sync"} request */
  function failed(answer, request) {
    if (answer.code === "position_lost") return update(disconnected(discarded(timeline)));
    if (answer.retryable) return retry(answer.retryAfterMs);
    if (request === "join") {
      failure = answer;
      return show();
    }
    // The answer to a new join says why.
    timeline = disconnected(timeline);
    retry();
  }

  /** @param {number} [delay] */
  function retry(delay) {
    environment.clearTimer(timer);
    timer = environment.setTimer(() => {
      timer = null;
      void work();
    }, delay || RETRY);
  }

  /** Loads a part now and on each connection. @param {string} part */
  function load(part) {
    wanted.add(part);
    missing.add(part);
    void work();
  }

  /** @param {string} part */
  async function loadRest(part) {
    missing.delete(part);
    const answer = await (part === "receipts" ? loadReceipts() : details.load());
    if (closed) return;
    if (answer.retryable && connection.isOnline()) {
      missing.add(part);
      retry(answer.retryAfterMs);
    }
    show();
  }

  async function loadReceipts() {
    if (!connection.session()?.userId) return {};
    const answer = await change("getReceipts", {});
    if (answer.success) addReceipts(answer);
    return answer;
  }

  /** @param {{ delivered: import("../contract/chat-events").Receipt[], read: import("../contract/chat-events").Receipt[] }} all */
  function addReceipts({ delivered, read }) {
    activity = withReceipts(withReceipts(activity, "delivered", delivered), "read", read);
    const own = read.find(({ userId }) => userId === user());
    if (own && own.upToSeq > reading.readSeq) reading = { ...reading, readSeq: own.upToSeq, seen: own.upToSeq };
  }

  /** The server has counted. @param {{ readSeq: number, latestSeq: number, unread: number }} counts */
  function counted({ readSeq, latestSeq, unread }) {
    const seen = latestSeq - unread;
    reading = {
      readSeq: Math.max(reading.readSeq, readSeq),
      seen: seen < readSeq ? seen : Math.max(reading.seen, seen),
      latestSeq: Math.max(reading.latestSeq, latestSeq),
    };
  }

  /** @param {import("./activity.js").Activity} next */
  function act(next) {
    if (next === activity) return;
    activity = next;
    show();
    environment.clearTimer(typingTimer);
    const ends = Object.values(activity.typing);
    if (ends.length > 0) typingTimer = environment.setTimer(endTyping, Math.min(...ends) - environment.now());
  }

  function endTyping() {
    const now = environment.now();
    const ended = Object.keys(activity.typing).filter((userId) => activity.typing[userId] <= now);
    act(ended.reduce((next, userId) => withTyping(next, userId, null), activity));
  }

  /** @type {Record<string, (event: any) => void>} */
  const handlers = {
    receiveMessage({ message }) {
      if (!isMessage(message)) return;
      act(withTyping(activity, message.senderId, null));
      // The server sends no receipts of a sender for the sender's own message. Without authentication it has none at all.
      const receipt = { conversationId, userId: message.senderId, upToSeq: message.seq, at: message.createdAt };
      if (connection.session()?.userId) addReceipts({ delivered: [receipt], read: [receipt] });
      update(received(timeline, message));
    },
    messageEdited({ message }) {
      if (!isMessage(message)) return;
      const fields = (/** @type {Message} */ { reactions }) => ({
        ...message,
        ...(message.reactions && { reactions: withMine(message.reactions, reactions, user()) }),
      });
      update(changed(timeline, { ...changeTo(message), fields }));
    },
    messageDeleted: ({ messageId, version, deletedAt, deletedBy }) =>
      update(changed(timeline, { id: messageId, version, kind: "delete", fields: { deletedAt, deletedBy } })),
    messageReactions({ messageId, version, reactions, change }) {
      const fields = (/** @type {Message} */ before) => ({ reactions: withMine(reactions, before.reactions, user(), change) });
      update(changed(timeline, { id: messageId, version, kind: "merge", fields }));
    },
    roomSync: (answer) => answer.epoch === timeline.epoch && update(missed(answer)),
    syncRequired({ reason }) {
      losses++;
      const isLost = reason === "epoch_changed" || reason === "position_lost";
      update({ ...(isLost ? discarded(timeline) : timeline), joined: false });
    },
    messagesDelivered: (receipt) => act(withReceipts(activity, "delivered", [receipt])),
    messagesRead(receipt) {
      addReceipts({ delivered: [], read: [receipt] });
      show();
    },
    unreadChanged(event) {
      counted(event);
      show();
    },
    userTyping: ({ userId, expiresInMs }) => act(withTyping(activity, userId, environment.now() + (expiresInMs ?? 6_000))),
    userStoppedTyping: ({ userId }) => act(withTyping(activity, userId, null)),
    userViewing: ({ userId }) => act(withViewer(activity, userId, true)),
    userStoppedViewing: ({ userId }) => act(withViewer(activity, userId, false)),
    userJoined: ({ online }) => act({ ...activity, online }),
    userLeft: ({ online }) => act({ ...activity, online }),
    memberRemoved: ({ userId }) => userId === user() && timeline.joined && expelled("forbidden", "Not allowed"),
    conversationDeleted: () => expelled("conversation_not_found", "Conversation not found"),
    memberAdded({ userId }) {
      if (userId === user()) reopen();
    },
    conversationUpdated: () => failure && reopen(),
  };

  /** @param {Failure["code"]} code @param {string} error */
  function expelled(code, error) {
    timeline = disconnected(timeline);
    failure = failureOf(code, error, false);
    show();
  }

  /** Tries to enter a room that was closed to the user. */
  function reopen() {
    failure = undefined;
    missing = new Set(wanted);
    show();
    work();
  }

  /** @param {string} event @param {object} payload */
  function change(event, payload) {
    return request(event, { conversationId, ...payload });
  }

  function leave() {
    lingering = null;
    if (observable.count() > 0) return;
    typing.stop();
    void draft.save();
    if (timeline.joined) connection.send("leaveRoom", conversationId);
    ended();
    onLeft(conversationId);
  }

  /** The room was left, or the connection has ended. */
  function ended() {
    environment.clearTimer(timer);
    timer = null;
    viewing.left();
    activity = withoutPresent(activity);
    timeline = disconnected(timeline);
    show();
  }

  /** @type {import("./roomcast.d.ts").Room} */
  const room = {
    conversationId,
    getSnapshot: observable.get,
    subscribe(listener) {
      const isFirst = observable.count() === 0 && lingering === null;
      environment.clearTimer(lingering);
      lingering = null;
      const end = observable.subscribe(listener);
      if (isFirst && failure) reopen();
      else void work();
      return () => {
        end();
        if (closed || observable.count() > 0 || lingering !== null) return;
        lingering = environment.setTimer(leave, LINGER);
      };
    },
    send(message) {
      const body = typeof message === "string" ? { content: message } : message;
      const place = placeOfUnsendable(body);
      if (place !== null) return { ...failureOf("invalid_payload", "Only JSON can be sent", false), field: place };
      typing.sent();
      draft.sent();
      return { success: true, clientMessageId: outbox.add({ type: "text", ...body, conversationId }) };
    },
    retry: outbox.retry,
    discard: outbox.discard,
    edit: (messageId, content) => change("editMessage", { messageId, content }),
    remove: (messageId) => change("deleteMessage", { messageId }),
    react: (messageId, key, on = true) => change(on ? "addReaction" : "removeReaction", { messageId, key }),
    setPreferences: (preferences) => change("setPreferences", preferences),
    saveDraft: draft.set,
    sendEvent: (name, data, toUserIds) => change("sendEvent", { userId: user(), name, data, toUserIds }),
    ...createPages({ get: () => timeline, update, page, ask: change }),
    loadDetails: () => void (wanted.has("details") || load("details")),
    loadLatest: () => void (timeline.hasNewer && update(restarted(timeline))),
    follow: (isFollowing = true) => void (timeline = { ...timeline, held: !isFollowing }),
    markRead(upToSeq = timeline.seq) {
      const seq = Math.min(upToSeq, timeline.seq);
      if (seq < reading.seen) return;
      // Also the position of the first join, which others do not know. The server ignores what it has.
      if (seq > 0) receipts.raise("read", conversationId, seq, reading.seen < reading.readSeq);
      if (seq === reading.seen) return;
      reading = { ...reading, readSeq: Math.max(seq, reading.readSeq), seen: seq };
      onRead(conversationId, seq);
      show();
    },
    typing: typing.typed,
    stopTyping: typing.stop,
    viewing: () => viewing.set(true),
    stopViewing: () => viewing.set(false),
  };

  return {
    room,
    work,
    /** The outbox or the user has changed. */
    show,
    /** @param {import("../contract/chat-events").Message} message */
    stored: (message) => update(stored(timeline, message)),
    /** @param {string} event @param {any} payload */
    receive(event, payload) {
      details.receive(event, payload);
      handlers[event]?.(payload);
    },
    disconnected() {
      missing = new Set(wanted);
      ended();
    },
    /** Frees the memory of a room that was left, unless it is wanted again. It loads as a new one does. */
    forget() {
      if (isWanted()) return;
      timeline = discarded(timeline);
      activity = NO_ACTIVITY;
      missing = new Set(wanted);
      details.forget();
      show();
    },
    close() {
      closed = true;
      [timer, typingTimer, lingering].forEach(environment.clearTimer);
      typing.stop();
      draft.close();
      viewing.close();
      observable.clear();
    },
  };
}
