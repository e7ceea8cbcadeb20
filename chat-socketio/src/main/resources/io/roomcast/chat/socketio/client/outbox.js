import { createObservable } from "./observable.js";

/**
 * @typedef {import("./roomcast.d.ts").OutboxEntry} OutboxEntry
 * @typedef {import("../contract/chat-events").Message} Message
 * @typedef {import("../contract/chat-events").SendMessageResult} SendMessageResult
 * @typedef {import("../contract/chat-events").Failure} Failure
 */

const FIRST_DELAY = 1_000;
const LAST_DELAY = 30_000;
/** How long an entry that another tab has removed is shown. Until then that tab has reported why. */
const LINGER = 1_000;
/** After so many faults of the server for one message, the next one is sent. */
const FAULTS = 5;

/**
 * The messages that the server has not acknowledged. It sends them one at a time, so that they keep their order. Each
 * has its key from the start, so that the server stores it once even if it is sent again, also by another tab.
 *
 * @param {object} parts
 * @param {import("./roomcast.d.ts").OutboxStorage} parts.storage
 * @param {import("./environment.js").Environment} parts.environment
 * @param {string} parts.name
 * @param {(message: import("../contract/chat-events").SendMessagePayload) => Promise<SendMessageResult | Failure>} parts.deliver
 * @param {() => string} parts.epoch
 * @param {(message: Message, epoch: string) => void} parts.onStored with the epoch that was known before the request
 */
export function createOutbox({ storage, environment, name, deliver, epoch, onStored }) {
  /** @type {ReturnType<typeof createObservable<readonly OutboxEntry[]>>} */
  const entries = createObservable(/** @type {readonly OutboxEntry[]} */ ([]));
  /** Sent, or discarded here: a read of the storage that began before does not bring them back. */
  const removed = new Set();
  /** Entries that another tab has removed, and when they end. @type {Map<string, unknown>} */
  const leaving = new Map();
  /** The keys of entries that are on their way to the storage. */
  const saving = new Set();
  /** @type {string | null} */
  let user = null;
  /** @type {ReturnType<import("./environment.js").Environment["channel"]> | null} */
  let tabs = null;
  /** @type {Promise<void> | null} */
  let flushing = null;
  /** Whether something has changed since the flush began. */
  let again = false;
  /** @type {unknown} */
  let timer = null;
  let attempt = 0;
  let faults = 0;
  let lastPosition = 0;
  let closed = false;

  const find = (/** @type {string} */ id) => entries.get().find((entry) => entry.clientMessageId === id);

  /** @param {readonly OutboxEntry[]} all */
  const show = (all) => entries.set([...all].sort((a, b) => a.position - b.position));

  /** @param {OutboxEntry} entry */
  const replaced = (entry) => [...without(entry.clientMessageId), entry];
  const without = (/** @type {string} */ id) => entries.get().filter((entry) => entry.clientMessageId !== id);

  /** @param {OutboxEntry} entry */
  async function save(entry) {
    show(replaced(entry));
    if (user === null) return;
    await storage.put(user, entry);
    tabs?.post({});
  }

  /** @param {string} id @param {{ message: Message, epoch: string }} [stored] */
  async function remove(id, stored) {
    drop(id);
    if (user === null) return;
    await storage.remove(user, id);
    tabs?.post({ removed: id, ...stored });
  }

  /** @param {string} id */
  function drop(id) {
    removed.add(id);
    environment.clearTimer(leaving.get(id));
    leaving.delete(id);
    show(without(id));
  }

  /** Reads what other tabs have changed. */
  async function read() {
    if (user === null) return;
    const all = (await storage.load(user)).filter(({ clientMessageId }) => !removed.has(clientMessageId));
    const known = new Set(all.map(({ clientMessageId }) => clientMessageId));
    const others = entries.get().filter(({ clientMessageId }) => !known.has(clientMessageId));
    others.forEach(({ clientMessageId }) => saving.has(clientMessageId) || linger(clientMessageId));
    show([...all, ...others]);
  }

  /** @param {string} id */
  function linger(id) {
    if (!closed && !leaving.has(id)) leaving.set(id, environment.setTimer(() => drop(id), LINGER));
  }

  function flush() {
    if (closed || user === null) return;
    if (flushing) {
      again = true;
      return;
    }
    environment.clearTimer(timer);
    flushing = environment
      .exclusively(`roomcast ${name} ${user}`, drain)
      .catch(() => retryAfter(FIRST_DELAY))
      .then(() => {
        flushing = null;
        if (!again) return;
        again = false;
        flush();
      });
  }

  const nextEntry = () => (closed ? undefined : entries.get().find((entry) => !entry.failure && !leaving.has(entry.clientMessageId)));

  async function drain() {
    await read();
    for (let entry = nextEntry(); entry; entry = nextEntry()) {
      const { position, createdAt, failure, ...message } = entry;
      const before = epoch();
      const answer = await deliver(message);
      if (closed || !(await settle(entry, answer, before))) return;
    }
  }

  /**
   * Handles an answer. Returns whether the next message may be sent.
   *
   * @param {OutboxEntry} entry
   * @param {SendMessageResult | Failure} answer
   * @param {string} before
   */
  async function settle(entry, answer, before) {
    if (answer.success) {
      attempt = 0;
      faults = 0;
      onStored(answer.message, before);
      await remove(entry.clientMessageId, { message: answer.message, epoch: before });
      return true;
    }
    faults = answer.code === "internal_error" ? faults + 1 : 0;
    if (answer.retryable && faults < FAULTS) {
      retryAfter(answer.retryAfterMs);
      return false;
    }
    faults = 0;
    if (find(entry.clientMessageId)) await save({ ...entry, failure: answer });
    return true;
  }

  /** @param {number} [delay] */
  function retryAfter(delay) {
    const ownDelay = Math.min(LAST_DELAY, FIRST_DELAY * 2 ** attempt++);
    environment.clearTimer(timer);
    timer = environment.setTimer(flush, delay || ownDelay * (0.5 + environment.random() / 2));
  }

  return {
    get: entries.get,
    subscribe: entries.subscribe,
    find,
    /** Begins with the messages of a user. @param {string} userId */
    async open(userId) {
      if (user === userId || closed) return;
      const own = user === null ? entries.get() : [];
      tabs?.close();
      user = userId;
      tabs = environment.channel(`roomcast ${name} ${userId}`, ({ removed: id, message, epoch }) => {
        if (message) onStored(message, epoch);
        if (id) drop(id);
        void read().then(flush);
      });
      own.forEach(({ clientMessageId }) => saving.add(clientMessageId));
      await read();
      await Promise.all(own.map(save));
      own.forEach(({ clientMessageId }) => saving.delete(clientMessageId));
      flush();
    },
    /**
     * Adds a message that is sent next. Returns its key.
     *
     * @param {Omit<OutboxEntry, "clientMessageId" | "position" | "createdAt">} message
     * @param {string} [clientMessageId] the key, if the message has one already
     * @param {() => void} [onSaved] the message is in the storage
     */
    add(message, clientMessageId = environment.newId(), onSaved) {
      lastPosition = Math.max(environment.now(), lastPosition + 0.001);
      const createdAt = new Date(environment.now()).toISOString();
      saving.add(clientMessageId);
      void save({ ...message, clientMessageId, position: lastPosition, createdAt }).then(() => {
        saving.delete(clientMessageId);
        onSaved?.();
        flush();
      });
      return clientMessageId;
    },
    /** @param {string} id */
    retry(id) {
      const entry = find(id);
      if (!entry?.failure) return;
      const { failure, ...again } = entry;
      void save(again).then(flush);
    },
    /**
     * Removes a message: it was discarded, or has arrived as an event.
     *
     * @param {string} id
     * @param {{ message: Message, epoch: string }} [stored]
     */
    discard: (id, stored) => void (find(id) && remove(id, stored)),
    /** Sends now what waits, because the connection has changed. */
    flush() {
      attempt = 0;
      flush();
    },
    close() {
      closed = true;
      [timer, ...leaving.values()].forEach(environment.clearTimer);
      tabs?.close();
      tabs = null;
      entries.clear();
    },
  };
}
