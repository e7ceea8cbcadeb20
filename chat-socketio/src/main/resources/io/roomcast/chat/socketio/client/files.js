import { failureOf } from "./failure.js";
import { createLinks } from "./file-links.js";
import { createUpload } from "./upload.js";
import { createTransfer } from "./upload-transfer.js";

const AT_ONCE = 2;
const RETRY = 5_000;
const FILES = 10;

/**
 * @typedef {import("../contract/chat-events").Failure} Failure
 * @typedef {import("./roomcast.d.ts").Unsent} Unsent
 * @typedef {import("./roomcast.d.ts").FileDraft} FileDraft
 * @typedef {import("./upload.js").FileRecord} FileRecord
 * @typedef {ReturnType<typeof createUpload>} Upload
 * @typedef {ReturnType<typeof createFiles>} FilesPart
 *
 * @typedef {object} Entry what remains of a message after a reload
 * @property {string} clientMessageId
 * @property {string} conversationId
 * @property {number} position
 * @property {string} createdAt
 * @property {FileDraft & { content: string, type: "file" | "image" }} message
 * @property {FileRecord[]} files
 * @property {boolean} [paused]
 * @property {boolean} [cancelled] the server does not know it yet
 *
 * @typedef {object} Sending
 * @property {Entry} entry
 * @property {Upload[]} uploads
 * @property {(() => void) | null} release
 * @property {unknown} [timer]
 *
 * @typedef {object} Parts
 * @property {import("./environment.js").Environment} environment
 * @property {ReturnType<import("./connection.js").createConnection>} connection
 * @property {ReturnType<import("./outbox.js").createOutbox>} outbox
 * @property {string} name the server's address, because each server has its own uploads
 * @property {(conversationId: string) => void} onChange
 */

/**
 * The messages whose files are being uploaded. The server sends a message with one file when it has the file; one with
 * several files is given to the outbox.
 *
 * @param {Parts} parts
 * @param {import("./upload-surroundings.js").UploadSurroundings} surroundings
 */
export function createFiles({ environment, connection, outbox, name, onChange }, { send, measure, storage, hold }) {
  /** @type {Map<string, Sending>} by the keys of the messages */
  const sendings = new Map();
  /** The messages whose uploads are cancelled at the server. @type {Set<Sending>} */
  const cancelled = new Set();
  const transfer = createTransfer({ environment, connection, send });
  /** @type {string | null} */
  let user = null;
  let running = 0;
  let closed = false;
  const prefix = () => `roomcast upload ${name} ${user} `;
  const keyOf = (/** @type {Entry} */ { clientMessageId }) => prefix() + clientMessageId;
  const uploads = () => [...sendings.values()].flatMap((sending) => sending.uploads);

  /** @param {string} event @param {object} payload @returns {Promise<any>} */
  function ask(event, payload) {
    if (connection.isOnline() || connection.state.get().status !== "connecting") return connection.request(event, payload);
    return connection.post(`api/events/${event}`, /** @type {Record<string, unknown>} */ (payload), {});
  }

  /** Tries again until the server knows it, also after a reload. @param {Sending} sending */
  async function cancel(sending) {
    cancelled.add(sending);
    environment.clearTimer(sending.timer);
    const answers = await Promise.all(sending.uploads.map((upload) => upload.cancel()));
    if (closed) return;
    const isKnown = answers.every((answer) => !answer.retryable);
    if (isKnown && cancelled.delete(sending)) forget(sending);
    if (isKnown) return;
    environment.clearTimer(sending.timer);
    sending.timer = environment.setTimer(() => void cancel(sending), RETRY);
  }

  /** @param {Entry} entry */
  function save(entry) {
    if (user !== null && sendings.has(entry.clientMessageId)) storage.set(keyOf(entry), JSON.stringify(entry));
  }

  /** @param {Entry} entry @param {Blob[]} chosen @param {(() => void) | null} release */
  function add(entry, chosen, release) {
    /** @type {Sending} */
    const sending = { entry, uploads: [], release };
    const { clientMessageId, conversationId, message } = entry;
    const isSingle = entry.files.length === 1;
    const begin = { conversationId, ...(isSingle && { message: { ...message, clientMessageId } }) };
    const parts = { begin, environment, transfer, measure, ask, onRecord: () => save(entry) };
    const changed = () => onChange(conversationId);
    sending.uploads = entry.files.map((record, i) => createUpload({ ...parts, record, file: chosen[i], onChange: changed }));
    if (entry.paused) sending.uploads.forEach((upload) => upload.pause());
    sendings.set(clientMessageId, sending);
    return sending;
  }

  /** Starts uploads, as many at a time as are allowed. */
  function pump() {
    while (!closed && running < AT_ONCE) {
      const next = [...sendings.values()].find(isStartable);
      const upload = next?.uploads.find((one) => one.status() === "waiting");
      if (!next || !upload) return;
      running++;
      void upload.run().then(() => {
        running--;
        ended(next, upload);
        pump();
      });
    }
  }

  /** @param {Sending} sending */
  const isStartable = (sending) => !failureOfAny(sending) && sending.uploads.some((upload) => upload.status() === "waiting");

  /** @param {Sending} sending @returns {Failure | undefined} */
  const failureOfAny = (sending) => sending.uploads.find((upload) => upload.failure())?.failure();

  /** @param {Sending} sending @param {Upload} upload */
  function ended(sending, upload) {
    const { entry } = sending;
    if (closed || sendings.get(entry.clientMessageId) !== sending) return;
    if (upload.status() === "sent") drop(sending);
    else if (sending.uploads.every((one) => one.status() === "ready")) handOver(sending);
  }

  /** Gives the message to the outbox, which sends it once. @param {Sending} sending */
  function handOver(sending) {
    const { clientMessageId, conversationId, message, files: records } = sending.entry;
    const attachments = records.map(({ fileUrl = "", fileName, fileSize, mimeType, picture }) => ({
      fileUrl: fileUrl.split("?")[0],
      fileName,
      fileSize,
      ...(mimeType && { mimeType }),
      ...picture,
    }));
    sendings.delete(clientMessageId);
    outbox.add({ ...message, attachments, conversationId }, clientMessageId, () => forget(sending));
  }

  /** @param {Sending} sending */
  function forget({ entry, release }) {
    if (user !== null) storage.remove(keyOf(entry));
    release?.();
  }

  /** @param {Sending} sending */
  function drop(sending) {
    sendings.delete(sending.entry.clientMessageId);
    sending.uploads.forEach((upload) => upload.close());
    forget(sending);
    onChange(sending.entry.conversationId);
    pump();
  }

  /** Holds a message, so that other tabs do not show it as interrupted. @param {Sending} sending */
  async function claim(sending) {
    const release = await hold(keyOf(sending.entry));
    if (closed || (!sendings.has(sending.entry.clientMessageId) && !cancelled.has(sending))) release?.();
    else sending.release = release;
  }

  /** Shows the messages whose uploads were interrupted when their tab was closed or reloaded. */
  async function adopt() {
    if (user === null || closed) return;
    for (const key of storage.keys(prefix())) {
      const id = key.slice(prefix().length);
      if (sendings.has(id)) continue;
      const release = await hold(key);
      if (!release) continue;
      const entry = entryIn(storage.get(key));
      if (closed || !entry || sendings.has(id)) release();
      else restored(add(entry, [], release));
    }
  }

  /** @param {Sending} sending */
  function restored(sending) {
    if (sending.entry.cancelled) {
      sendings.delete(sending.entry.clientMessageId);
      void cancel(sending);
    }
    // It was given to the outbox, which may not have stored it.
    else if (sending.uploads.every((upload) => upload.status() === "ready")) handOver(sending);
    onChange(sending.entry.conversationId);
  }

  /** @param {string | null} text @returns {Entry | null} */
  function entryIn(text) {
    try {
      const entry = JSON.parse(text ?? "null");
      return Array.isArray(entry?.files) ? entry : null;
    } catch {
      return null;
    }
  }

  /** Returns the upload that was interrupted by a reload and that the file belongs to. @param {string} conversationId @param {File} file */
  function interrupted(conversationId, file) {
    for (const sending of sendings.values()) {
      if (sending.entry.conversationId !== conversationId) continue;
      const upload = sending.uploads.find((one) => one.status() === "missing" && isSame(one.record, file));
      if (upload) return { sending, upload };
    }
    return null;
  }

  /** @param {string} conversationId @param {File} file */
  function give(conversationId, file) {
    const found = interrupted(conversationId, file);
    found?.upload.give(file, found.sending.entry.paused === true);
    return found?.sending.entry.clientMessageId;
  }

  /** @param {string} conversationId @param {File[]} chosen @param {FileDraft} draft */
  function sent(conversationId, chosen, draft) {
    const type = chosen.length === 1 && chosen[0].type.startsWith("image/") ? "image" : "file";
    const [clientMessageId, position] = [environment.newId(), environment.now()];
    const createdAt = new Date(position).toISOString();
    const message = /** @type {Entry["message"]} */ ({ content: "", type, ...draft });
    const records = chosen.map((file) => recordOf(file, environment.newId()));
    const sending = add({ clientMessageId, conversationId, position, createdAt, message, files: records }, chosen, null);
    save(sending.entry);
    if (user !== null) void claim(sending);
    return clientMessageId;
  }

  /** @param {File[]} chosen @returns {Failure | null} */
  function refusal(chosen) {
    const limits = connection.session()?.limits;
    const most = limits?.attachments ?? FILES;
    if (chosen.length === 0) return failureOf("invalid_payload", "No file", false);
    if (chosen.length > most) return failureOf("invalid_payload", `A message has at most ${most} files`, false);
    const large = chosen.find(({ size }) => limits && size > limits.fileBytes);
    return large ? { ...failureOf("file_too_large", "The file is too large", false), field: large.name } : null;
  }

  /** @param {string} id @param {(sending: Sending) => void} change */
  function changeOf(id, change) {
    const sending = sendings.get(id);
    if (!sending) return;
    change(sending);
    save(sending.entry);
    onChange(sending.entry.conversationId);
    pump();
  }

  const wakeAll = () => uploads().forEach((upload) => upload.wake());
  const endings = [
    environment.listen("online", wakeAll),
    environment.listen("pagehide", () => sendings.forEach(({ entry }) => save(entry))),
    environment.listen("visibilitychange", () => environment.isVisible() && void adopt()),
  ];

  return {
    links: createLinks({ connection, ask }),
    count: () => sendings.size,
    /** @param {string} conversationId @param {string} senderId @returns {Unsent[]} */
    rows: (conversationId, senderId) =>
      [...sendings.values()]
        .filter(({ entry }) => entry.conversationId === conversationId)
        .map((sending) => rowOf(sending, senderId, failureOfAny(sending))),
    /** @param {string} conversationId @param {File[]} chosen @param {FileDraft} draft */
    send(conversationId, chosen, draft) {
      const refused = refusal(chosen);
      if (refused) return refused;
      const isInterrupted = chosen.every((file) => {
        const content = interrupted(conversationId, file)?.sending.entry.message.content;
        return content !== undefined && (!draft.content || draft.content === content);
      });
      const ids = isInterrupted && chosen.map((file) => give(conversationId, file));
      const clientMessageId = (ids && ids[0]) || sent(conversationId, chosen, draft);
      onChange(conversationId);
      pump();
      return /** @type {const} */ ({ success: true, clientMessageId });
    },
    /** Continues with files that were chosen again. Returns the other ones. @param {string} conversationId @param {File[]} chosen */
    again(conversationId, chosen) {
      const others = chosen.filter((file) => give(conversationId, file) === undefined);
      pump();
      return others;
    },
    /** @param {string} id */
    pause(id) {
      changeOf(id, ({ entry, uploads: all }) => {
        entry.paused = true;
        all.forEach((upload) => upload.pause());
      });
    },
    /** @param {string} id */
    resume(id) {
      changeOf(id, ({ entry, uploads: all }) => {
        delete entry.paused;
        all.forEach((upload) => upload.resume());
      });
    },
    /** @param {string} id */
    retry: (id) => changeOf(id, ({ uploads: all }) => all.forEach((upload) => upload.retry())),
    /** @param {string} id */
    cancel(id) {
      changeOf(id, (sending) => {
        sending.entry.cancelled = true;
        save(sending.entry);
        sendings.delete(id);
        void cancel(sending);
      });
    },
    /** The message has arrived. @param {string} id */
    arrived(id) {
      const sending = sendings.get(id);
      if (sending) drop(sending);
    },
    /** @param {string} event @param {any} payload */
    receive(event, payload) {
      if (event !== "uploadFinished") return;
      for (const sending of sendings.values()) {
        const upload = sending.uploads.find(({ record }) => record.uploadId === payload.uploadId);
        if (!upload) continue;
        if (payload.status === "cancelled") return drop(sending);
        upload.told(payload);
        return ended(sending, upload);
      }
    },
    /** Begins with the uploads of a user. @param {string} userId */
    open(userId) {
      if (user === userId || closed) return;
      user = userId;
      for (const sending of sendings.values()) {
        save(sending.entry);
        void claim(sending);
      }
      void adopt();
    },
    /** A connection has begun. */
    begin() {
      wakeAll();
      cancelled.forEach((sending) => void cancel(sending));
      void adopt();
    },
    close() {
      closed = true;
      endings.forEach((end) => end());
      for (const { uploads: all, release, timer } of [...sendings.values(), ...cancelled]) {
        environment.clearTimer(timer);
        all.forEach((upload) => upload.close());
        release?.();
      }
    },
  };
}

/** @param {File} file @param {string} clientUploadId @returns {FileRecord} */
const recordOf = ({ name = "file", size, type, lastModified = 0 }, clientUploadId) => ({
  clientUploadId,
  fileName: name,
  fileSize: size,
  ...(type && { mimeType: type }),
  lastModified,
});

/** @param {FileRecord} record @param {File} file */
const isSame = ({ fileName, fileSize, lastModified }, { name, size, lastModified: changedAt }) =>
  fileName === name && fileSize === size && lastModified === changedAt;

/** @param {Sending} sending @param {string} senderId @param {Failure} [failure] @returns {Unsent} */
function rowOf({ entry, uploads }, senderId, failure) {
  const { message, clientMessageId, conversationId, position, createdAt, paused } = entry;
  const isPaused = paused || uploads.some((upload) => upload.status() === "missing");
  return {
    ...message,
    id: clientMessageId,
    clientMessageId,
    conversationId,
    position,
    createdAt,
    senderId,
    files: uploads.map((upload) => upload.get()),
    status: failure ? "failed" : isPaused ? "paused" : "sending",
    ...(failure && { failure }),
  };
}
