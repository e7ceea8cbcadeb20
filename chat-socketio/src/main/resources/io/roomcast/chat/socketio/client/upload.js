import { NOT_CONNECTED, failureOf } from "./failure.js";

const FIRST_DELAY = 500;
const LAST_DELAY = 30_000;
/** After so many of these failures without progress, the upload has failed. */
const FAULTS = 8;
const FAULT_CODES = ["internal_error", "conflict", "upload_not_found"];
/** How often the progress of a file in foreign storage is reported. */
const REPORT_INTERVAL = 1_000;

/**
 * @typedef {import("../contract/chat-events").Failure} Failure
 * @typedef {import("./roomcast.d.ts").UnsentFile} UnsentFile
 *
 * @typedef {object} FileRecord what remains of a file after a reload
 * @property {string} clientUploadId
 * @property {string} fileName
 * @property {number} fileSize
 * @property {string} [mimeType]
 * @property {number} lastModified
 * @property {string} [uploadId]
 * @property {string} [url]
 * @property {string} [fileUrl]
 * @property {number} [loaded]
 * @property {boolean} [ready] the server has the file
 * @property {import("./upload-surroundings.js").Size | null} [picture] the size of a picture; null if it is unknown
 *
 * @typedef {{ status: string, code?: Failure["code"], fileUrl?: string }} Outcome what the server said of the upload
 */

/**
 * One file on its way to the server. It is continued where the server has its end, however often the connection is cut
 * or the server restarts.
 *
 * @param {object} parts
 * @param {FileRecord} parts.record
 * @param {Blob} [parts.file]
 * @param {{ conversationId: string, message?: object }} parts.begin what the server needs besides the facts of the file
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./upload-transfer.js").createTransfer>} parts.transfer
 * @param {import("./upload-surroundings.js").UploadSurroundings["measure"]} parts.measure
 * @param {(event: string, payload: object) => Promise<any>} parts.ask
 * @param {() => void} parts.onChange
 * @param {() => void} parts.onRecord what remains after a reload has changed
 */
export function createUpload({ record, file, begin, environment, transfer, measure, ask, onChange, onRecord }) {
  /** @type {UnsentFile["status"] | "sent"} */
  let status = record.ready ? "ready" : file ? "waiting" : "missing";
  let loaded = record.ready ? record.fileSize : (record.loaded ?? 0);
  /** The end of the file at the server, as far as it is known. */
  let stored = 0;
  /** Whether foreign storage has the file. */
  let isStored = false;
  /** @type {Failure | undefined} */
  let failure;
  /** @type {Outcome | undefined} */
  let outcome;
  /** The request to begin the upload, if the server may have received one. @type {Promise<any> | null} */
  let asked = file ? null : Promise.resolve();
  let attempts = 0;
  let faults = 0;
  let reportedAt = -REPORT_INTERVAL;
  let ended = new AbortController();
  let wake = () => {};

  /** @param {UnsentFile["status"] | "sent"} next */
  function enter(next) {
    if (status === next) return;
    status = next;
    onChange();
  }

  /** @param {number} bytes */
  function progressed(bytes) {
    record.loaded = loaded = Math.min(bytes, record.fileSize);
    onChange();
  }

  /** @param {number} offset */
  function reached(offset) {
    if (offset > stored) attempts = faults = 0;
    stored = offset;
    progressed(offset);
  }

  function payload() {
    const { clientUploadId, fileName, fileSize, mimeType, picture } = record;
    const facts = { conversationId: begin.conversationId, clientUploadId, fileName, fileSize, ...(mimeType && { mimeType }) };
    // An attachment without an address is the file.
    return { ...facts, ...(begin.message && { message: { ...begin.message, ...(picture && { attachments: [picture] }) } }) };
  }

  async function measurePicture() {
    if (file && record.picture === undefined && record.mimeType?.startsWith("image/")) record.picture = (await measure?.(file)) ?? null;
  }

  /** The server does not have the upload any more. */
  function forget() {
    delete record.uploadId;
    delete record.url;
    delete record.fileUrl;
    stored = 0;
    isStored = false;
    onRecord();
  }

  async function run() {
    const { signal } = (ended = new AbortController());
    enter("uploading");
    while (!signal.aborted) {
      const answer = await attempt(signal);
      if (signal.aborted) return;
      if (answer.success) return settled(answer);
      if (FAULT_CODES.includes(answer.code)) faults++;
      if (!answer.retryable || faults >= FAULTS) {
        failure = answer;
        return enter("failed");
      }
      const ownDelay = Math.min(LAST_DELAY, FIRST_DELAY * 2 ** attempts++) * (0.5 + environment.random() / 2);
      await rest(answer.retryAfterMs || ownDelay, signal);
    }
  }

  /** @param {{ status: string, fileUrl?: string }} answer */
  function settled(answer) {
    loaded = record.fileSize;
    if (answer.fileUrl) record.fileUrl = answer.fileUrl;
    record.ready = true;
    onRecord();
    enter(answer.status === "sent" ? "sent" : "ready");
  }

  /** @param {AbortSignal} signal @returns {Promise<{ success: true, status: string, fileUrl?: string } | Failure>} */
  async function attempt(signal) {
    if (outcome) return concluded(outcome);
    const begun = record.url ? await transfer.offset(record.url, signal) : await start(signal);
    if (!begun.success) return begun.code === "upload_not_found" ? gone(begun) : begun;
    if (signal.aborted) return NOT_CONNECTED;
    if (outcome) return concluded(outcome);
    if (!("target" in begun)) return sendRest(begun.offset, signal);
    return isStored ? finish() : store(begun.target, signal);
  }

  /** @param {Failure} answer @returns {Failure} */
  function gone(answer) {
    forget();
    return { ...answer, retryable: true };
  }

  /** @param {AbortSignal} signal @returns {Promise<{ success: true, offset: number, target?: any } | Failure>} */
  async function start(signal) {
    await measurePicture();
    if (signal.aborted) return NOT_CONNECTED;
    asked = ask("startUpload", payload());
    const started = await asked;
    if (!started.success) return started;
    const isForeign = /^\w+:/.test(started.url);
    Object.assign(record, { uploadId: started.uploadId, ...(started.fileUrl && { fileUrl: started.fileUrl }) });
    // The link to foreign storage is valid for a short time.
    if (!isForeign) record.url = started.url;
    onRecord();
    if (signal.aborted) return NOT_CONNECTED;
    // The answer to an earlier attempt was lost.
    if (started.status === "sent" || started.status === "rejected") outcome = started;
    return { success: true, offset: started.offset ?? 0, ...(isForeign && { target: started }) };
  }

  /** @param {number} offset @param {AbortSignal} signal */
  async function sendRest(offset, signal) {
    reached(offset);
    if (offset < record.fileSize) {
      enter("uploading");
      const { url = "" } = record;
      const answer = await transfer.append(url, /** @type {Blob} */ (file), offset, progressed, signal);
      if (!answer.success) return answer.code === "upload_not_found" ? gone(answer) : answer;
      if (signal.aborted) return NOT_CONNECTED;
      reached(answer.offset);
      if (answer.offset < record.fileSize) return NOT_CONNECTED;
    }
    return check();
  }

  /** Returns what became of a file whose bytes the server has. */
  async function check() {
    enter("checking");
    if (outcome) return concluded(outcome);
    const answer = await ask("getUpload", { uploadId: record.uploadId });
    if (!answer.success) return answer.code === "upload_not_found" ? gone(answer) : answer;
    return concluded(outcome ?? { status: "ready", ...answer });
  }

  /** @param {any} target @param {AbortSignal} signal */
  async function store(target, signal) {
    const { isRefused, ...answer } = await transfer.store(target, /** @type {Blob} */ (file), report, signal);
    if (isRefused) faults++;
    if (!answer.success || signal.aborted) return answer.success ? NOT_CONNECTED : answer;
    isStored = true;
    reached(record.fileSize);
    return finish();
  }

  /** The server cannot see the progress. @param {number} bytes */
  function report(bytes) {
    progressed(bytes);
    if (environment.now() - reportedAt < REPORT_INTERVAL) return;
    reportedAt = environment.now();
    void ask("reportUpload", { uploadId: record.uploadId, loaded: bytes });
  }

  async function finish() {
    enter("checking");
    const answer = await ask("finishUpload", { uploadId: record.uploadId });
    if (!answer.success) {
      // The storage does not have what it has confirmed.
      if (answer.code === "conflict") isStored = false;
      return answer.code === "conflict" ? { ...answer, retryable: true } : answer;
    }
    return concluded({ status: "ready", ...answer });
  }

  /** @param {Outcome} said @returns {{ success: true, status: string, fileUrl?: string } | Failure} */
  function concluded(said) {
    if (said.status === "sent" || said.status === "ready") return { success: true, ...said };
    if (said.status === "rejected") {
      outcome = said;
      return failureOf(said.code ?? "rejected", "The file was refused", false);
    }
    outcome = undefined;
    if (said.status === "expired") forget();
    return NOT_CONNECTED;
  }

  /** @param {number} delay @param {AbortSignal} signal @returns {Promise<void>} */
  async function rest(delay, signal) {
    if (outcome || signal.aborted) return;
    await new Promise((resolve) => {
      const timer = environment.setTimer(() => wake(), delay);
      wake = () => {
        environment.clearTimer(timer);
        signal.removeEventListener("abort", wake);
        wake = () => {};
        resolve(undefined);
      };
      signal.addEventListener("abort", wake);
    });
  }

  return {
    record,
    status: () => status,
    failure: () => failure,
    /** @returns {UnsentFile} */
    get: () => ({
      fileName: record.fileName,
      fileSize: record.fileSize,
      ...(record.mimeType && { mimeType: record.mimeType }),
      loaded,
      status: status === "sent" ? "ready" : status,
      ...(file && { file }),
    }),
    run,
    /** Tries again now, because the connection has changed. */
    wake: () => wake(),
    /** The server has said what became of the upload. @param {Outcome} said */
    told(said) {
      outcome = said;
      if (status === "paused" || status === "missing") {
        const answer = concluded(said);
        if (answer.success) settled(answer);
      }
      wake();
    },
    /** Ends the request in progress. */
    pause() {
      ended.abort();
      if (status === "waiting" || status === "uploading" || status === "checking") enter("paused");
    },
    resume: () => status === "paused" && enter("waiting"),
    /** Begins anew after a failure. */
    retry() {
      if (status !== "failed") return;
      // The server keeps the refusal of an upload for a while.
      if (!failure?.retryable) {
        record.clientUploadId = environment.newId();
        forget();
      }
      failure = outcome = undefined;
      attempts = faults = 0;
      enter(file ? "waiting" : "missing");
    },
    /** Continues with the file that was chosen again. @param {Blob} chosen @param {boolean} isPaused */
    give(chosen, isPaused) {
      file = chosen;
      enter(isPaused ? "paused" : "waiting");
    },
    /** Returns the answer of the server, which no longer has the upload unless the answer is retryable. */
    async cancel() {
      ended.abort();
      await asked;
      if (!asked && !record.uploadId) return { success: true };
      // If the answer was lost, the server is asked again which upload it has begun.
      const begun = record.uploadId ? record : await ask("startUpload", payload());
      return begun.uploadId ? ask("cancelUpload", { uploadId: begun.uploadId }) : begun;
    },
    close: () => ended.abort(),
  };
}
