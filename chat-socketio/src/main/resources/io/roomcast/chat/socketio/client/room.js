import { NO_ACTIVITY, withTyping, withoutPresent } from "./activity.js";
import { CHANGES } from "./changes.js";
import { createCommands } from "./commands.js";
import { createDetails } from "./details.js";
import { createDraft } from "./draft.js";
import { failureOf, placeOfUnsendable } from "./failure.js";
import { createMarked } from "./marked.js";
import { createObservable } from "./observable.js";
import { createPages } from "./pages.js";
import { createPins } from "./pins.js";
import { createReading } from "./reading.js";
import { createRoomActivity } from "./room-activity.js";
import { createRoomCall } from "./room-call.js";
import { createRoomFiles } from "./room-files.js";
import { createRoomParts } from "./room-parts.js";
import { snapshotOf } from "./room-snapshot.js";
import {
  changed,
  discarded,
  disconnected,
  isMessage,
  isPinned,
  joined,
  newTimeline,
  nextRequest,
  received,
  restarted,
  stored,
  withMissed,
  withNewest,
} from "./timeline.js";
import { createTyping } from "./typing.js";
import { createViewing } from "./viewing.js";

/**
 * @typedef {import("./roomcast.d.ts").RoomSnapshot} RoomSnapshot
 * @typedef {import("./timeline.js").Timeline} Timeline
 * @typedef {import("../contract/chat-events").Failure} Failure
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
 * @param {import("./files.js").FilesPart} [parts.files]
 * @param {ReturnType<import("./receipts.js").createReceipts>} parts.receipts
 * @param {() => string | undefined} parts.user
 * @param {(event: string, payload: object) => Promise<any>} parts.request
 * @param {(conversationId: string, readSeq: number) => void} parts.onRead
 * @param {(conversationId: string) => void} parts.onLeft
 */
export function createRoom({ conversationId, keep, environment, connection, outbox, files, receipts, user, request, onRead, onLeft }) {
  let timeline = newTimeline(keep);
  /** @type {Failure | undefined} */
  let failure;
  /** Whether the connection has ended since. The user may have been admitted meanwhile. */
  let isFailureOld = false;
  let working = false;
  /** How often events were lost. If it was during a join, the answer does not have them. */
  let losses = 0;
  let closed = false;
  /** @type {unknown} */
  let timer = null;
  /** @type {unknown} */
  let lingering = null;
  const activity = createRoomActivity({ environment, onEnd: show });
  const reading = createReading({ conversationId, connection, receipts, activity, user, ask: change });
  const details = createDetails({ ask: change, user, onStale: () => parts.want("details") });
  const pages = createPages({ get: () => timeline, update, page, ask: change });
  const pins = createPins({ get: () => timeline, update, ask: change, loadMessage: pages.loadMessage });
  const parts = createRoomParts({
    requests: { receipts: reading.load, details: details.load, pins: pins.load },
    isOnline: () => !closed && connection.isOnline(),
    work,
    retry,
    show,
  });
  const draft = createDraft({ environment, details, ask: change });
  const call = createRoomCall();
  const marked = createMarked(environment, connection.now, () => update(timeline));
  const observable = createObservable(snapshot());
  details.subscribe(show);
  const typing = createTyping({ conversationId, environment, connection, user });
  const onViewers = (/** @type {string[]} */ viewers) => act({ ...activity.get(), viewers });
  const viewing = createViewing({ conversationId, environment, connection, user, onViewers });
  const isWanted = () => !closed && (observable.count() > 0 || lingering !== null);
  parts.want("receipts");

  /** @returns {RoomSnapshot} */
  function snapshot() {
    const unsent = outbox.get().filter((entry) => entry.conversationId === conversationId);
    const uploads = files?.rows(conversationId, user() ?? "") ?? [];
    const known = { activity: activity.get(), details: details.get(), pins: marked.pins(), reading: reading.get(), call: call.get() };
    return snapshotOf({ conversationId, timeline, ...known, failure, unsent, uploads, userId: user() });
  }

  function show() {
    observable.set(snapshot());
  }

  /** @param {Timeline} next */
  function update(next) {
    if (closed) return;
    const before = timeline.rows;
    timeline = marked.current(next);
    if (hasUnsent() && before !== timeline.rows) confirm(timeline.rows);
    if (next.loaded && isWanted()) receipts.raise("delivered", conversationId, next.seq);
    show();
    work();
  }

  const hasUnsent = () => outbox.get().length > 0 || (files?.count() ?? 0) > 0;

  /** Removes unsent messages that have arrived. @param {Timeline["rows"]} rows */
  function confirm(rows) {
    for (const message of rows) {
      const { senderId, clientMessageId } = message;
      if (!clientMessageId || senderId !== user()) continue;
      outbox.discard(clientMessageId, { message, epoch: timeline.epoch });
      files?.arrived(clientMessageId);
    }
  }

  /** Requests what is missing, one thing at a time. */
  async function work() {
    if (working || timer !== null || !isWanted() || (failure && !isFailureOld) || !connection.isOnline()) return;
    const next = nextRequest(timeline);
    if (next === null) return parts.loadMissing();
    working = true;
    const requested = timeline;
    const { online } = activity.get();
    const at = connection.session();
    const before = losses;
    const old = failure;
    const answer = await (next === "join" ? join() : next === "newest" ? page({}) : sync());
    working = false;
    if (closed || at !== connection.session()) return void work();
    if (!answer.success) return failed(answer, next);
    if (next === "join") {
      // The user may have been removed since the request.
      if (failure === old) failure = undefined;
      return entered(answer, before === losses, requested, online);
    }
    if (requested.generation === timeline.generation) {
      if (answer.epoch !== timeline.epoch) return update(disconnected(discarded(timeline)));
      const before = timeline;
      const after = next === "newest" ? withNewest(before, answer, requested.sent) : missed(answer);
      // The server does not have what is missing yet, or never will.
      if (next === "sync" && !answer.hasMore && after.seq + after.version === before.seq + before.version) retry();
      return update(after);
    }
    work();
  }

  function join() {
    call.requested();
    const { loaded, seq, version, epoch } = timeline;
    const isValid = loaded && epoch === connection.session()?.epoch;
    return connection.request("joinRoom", { conversationId, ...(isValid && { after: { seq, version } }) });
  }

  const sync = () => {
    const { seq, version, epoch } = timeline;
    return connection.request("syncRoom", { conversationId, after: { seq, version }, epoch });
  };

  /** @param {object} cursor */
  function page(cursor) {
    return connection.request("getMessages", { conversationId, limit: PAGE, ...cursor });
  }

  /**
   * @param {import("../contract/chat-events").JoinRoomResult} answer
   * @param {boolean} isComplete
   * @param {Timeline} requested
   * @param {number} online how many users were in the room at the time of the request
   */
  function entered(answer, isComplete, requested, online) {
    const now = activity.get();
    // An event that arrived meanwhile may be older or newer than the answer. Usually it is about a user who joins.
    const present = { online: now.online === online ? answer.online : Math.max(now.online, answer.online), large: answer.large ?? false };
    const next = joined(timeline, answer, requested);
    if (next.generation !== timeline.generation) {
      // Receipts of another epoch name messages that no longer exist.
      activity.set(NO_ACTIVITY);
      parts.reset();
    }
    activity.set({ ...activity.get(), ...present });
    if (timeline.epoch !== answer.epoch) reading.forget();
    reading.counted(answer);
    call.entered(answer.call);
    if (answer.messages?.some(isPinned)) parts.reload("pins");
    viewing.entered();
    update({ ...next, joined: isComplete });
  }

  /** @param {import("../contract/chat-events").RoomSyncEvent} answer */
  function missed(answer) {
    if (answer.receipts) reading.add(answer.receipts);
    // Those that were pinned meanwhile may not be kept.
    if (answer.messages?.some(isPinned)) parts.reload("pins");
    return withMissed(timeline, answer);
  }

  /** @param {Failure} answer @param {"join" | "newest" | "sync"} request */
  function failed(answer, request) {
    if (answer.code === "position_lost") return update(disconnected(discarded(timeline)));
    if (answer.retryable) return retry(answer.retryAfterMs);
    if (request === "join") return refused(answer);
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

  /** @param {import("./activity.js").Activity} next */
  const act = (next) => activity.set(next) && show();

  /** @type {Record<string, (event: any) => void>} */
  const handlers = {
    receiveMessage({ message }) {
      if (!isMessage(message)) return;
      act(withTyping(activity.get(), message.senderId, null));
      reading.sent(message);
      update(received(timeline, message));
    },
    messagePinned: ({ messageId, pinned }) => pinned && parts.isWanted("pins") && pins.added(messageId),
    roomSync: (answer) => answer.epoch === timeline.epoch && update(missed(answer)),
    syncRequired({ reason }) {
      losses++;
      const isLost = reason === "epoch_changed" || reason === "position_lost";
      update({ ...(isLost ? discarded(timeline) : timeline), joined: false });
    },
    messagesRead(receipt) {
      reading.add({ delivered: [], read: [receipt] });
      show();
    },
    unreadChanged(event) {
      reading.counted(event);
      show();
    },
    // The receipts of others are not sent while a room is large.
    roomStats: ({ large }) => large || parts.want("receipts"),
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
    call.forget();
    refused(failureOf(code, error, false));
  }

  /** @param {Failure} answer */
  function refused(answer) {
    failure = answer;
    isFailureOld = false;
    show();
  }

  /** Tries to enter a room that was closed to the user. */
  function reopen() {
    failure = undefined;
    parts.reset();
    show();
    work();
  }

  /** @param {string} event @param {object} payload */
  function change(event, payload) {
    return request(event, { conversationId, ...payload });
  }

  /** The user has sent what was typed. */
  function sent() {
    typing.sent();
    draft.sent();
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
    activity.set(withoutPresent(activity.get()));
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
      sent();
      return { success: true, clientMessageId: outbox.add({ type: "text", ...body, conversationId }) };
    },
    ...createRoomFiles({ conversationId, files, onSent: sent }),
    retry(clientMessageId) {
      files?.retry(clientMessageId);
      outbox.retry(clientMessageId);
    },
    discard(clientMessageId) {
      files?.cancel(clientMessageId);
      outbox.discard(clientMessageId);
    },
    ...createCommands(change, user),
    saveDraft: draft.set,
    ...pages,
    loadDetails: () => ["details", "pins"].filter((part) => !parts.isWanted(part)).forEach(parts.want),
    loadLatest: () => void (timeline.hasNewer && update(restarted(timeline))),
    follow: (isFollowing = true) => void (timeline = { ...timeline, held: !isFollowing }),
    markRead(upToSeq = timeline.seq) {
      const seq = Math.min(upToSeq, timeline.seq);
      if (!reading.mark(seq)) return;
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
    /** The outbox or the user has changed. Messages of the outbox may have arrived before it was read. */
    show() {
      if (hasUnsent()) confirm(timeline.rows);
      show();
    },
    /** @param {import("../contract/chat-events").Message} message */
    stored: (message) => update(stored(timeline, message)),
    /** @param {string} event @param {any} payload */
    receive(event, payload) {
      const change = CHANGES[event]?.(payload, user());
      if (change) update(changed(timeline, change));
      if (activity.receive(event, payload)) show();
      if (call.receive(event, payload)) show();
      details.receive(event, payload);
      handlers[event]?.(payload);
    },
    disconnected() {
      isFailureOld = true;
      parts.reset();
      ended();
    },
    /** Frees the memory of a room that was left, unless it is wanted again. It loads as a new one does. */
    forget() {
      if (isWanted()) return;
      timeline = discarded(timeline);
      activity.set(NO_ACTIVITY);
      parts.reset();
      call.forget();
      details.forget();
      show();
    },
    close() {
      closed = true;
      [timer, lingering].forEach(environment.clearTimer);
      typing.stop();
      activity.close();
      draft.close();
      marked.close();
      viewing.close();
      observable.clear();
    },
  };
}
