import { NOT_CONNECTED, failureOf } from "./failure.js";

/** After this time without progress, a request has failed. */
const STALLED = 30_000;
/** The server stores, and perhaps inspects, the whole file before it answers. */
const STORED = 90_000;

/**
 * @typedef {import("../contract/chat-events").Failure} Failure
 * @typedef {import("./upload-surroundings.js").Received} Received
 * @typedef {{ success: true, offset: number } | Failure} Reached how many bytes the server has
 */

/**
 * The requests of an upload: those of tus 1.0.0, and one for the storage of a host.
 *
 * @param {object} parts
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 * @param {import("./upload-surroundings.js").UploadSurroundings["send"]} parts.send
 */
export function createTransfer({ environment, connection, send }) {
  /**
   * @param {Omit<import("./upload-surroundings.js").SentRequest, "signal">} request
   * @param {AbortSignal} signal
   * @returns {Promise<Received | null>} null without an answer
   */
  async function timed({ onProgress, body, ...request }, signal) {
    if (signal.aborted) return null;
    const ended = new AbortController();
    const end = () => ended.abort();
    let timer = environment.setTimer(end, STALLED);
    let answered = false;
    /** @param {number} sent */
    const progressed = (sent) => {
      // A body may still be read when its answer is there.
      if (answered) return;
      environment.clearTimer(timer);
      timer = environment.setTimer(end, sent === body?.size ? STORED : STALLED);
      onProgress?.(sent);
    };
    signal.addEventListener("abort", end, { once: true });
    try {
      return await send({ ...request, ...(body && { body, onProgress: progressed }), signal: ended.signal });
    } catch {
      return null;
    } finally {
      answered = true;
      environment.clearTimer(timer);
      signal.removeEventListener("abort", end);
    }
  }

  /**
   * @param {Parameters<typeof timed>[0]} request
   * @param {AbortSignal} signal
   * @returns {Promise<Reached>}
   */
  async function tus(request, signal) {
    let authorization;
    try {
      authorization = await connection.authorization();
    } catch {
      return NOT_CONNECTED;
    }
    const url = connection.address(request.url);
    const headers = { "Tus-Resumable": "1.0.0", ...authorization, ...request.headers };
    const received = await timed({ ...request, url, headers }, signal);
    if (received === null) return NOT_CONNECTED;
    if (received.status === 401) connection.forgetToken();
    const offset = received.header("Upload-Offset");
    return isSuccess(received) && offset !== null ? { success: true, offset: Number(offset) } : failureIn(received);
  }

  return {
    /** Returns how many bytes the server has. @param {string} url @param {AbortSignal} signal */
    offset: (url, signal) => tus({ method: "HEAD", url, headers: {} }, signal),
    /**
     * Sends the rest of a file.
     *
     * @param {string} url
     * @param {Blob} file
     * @param {number} offset
     * @param {(loaded: number) => void} onProgress
     * @param {AbortSignal} signal
     */
    append(url, file, offset, onProgress, signal) {
      const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
      const progressed = (/** @type {number} */ sent) => onProgress(offset + sent);
      return tus({ method: "PATCH", url, headers, body: file.slice(offset), onProgress: progressed }, signal);
    },
    /**
     * Sends a whole file to the storage of the host, which learns nothing of the user.
     *
     * @param {{ url: string, method?: string, headers?: Record<string, string> }} target
     * @param {Blob} file
     * @param {(loaded: number) => void} onProgress
     * @param {AbortSignal} signal
     * @returns {Promise<Reached & { isRefused?: boolean }>} refused if the storage will not accept the same request later
     */
    async store({ url, method = "PUT", headers = {} }, file, onProgress, signal) {
      const received = await timed({ method, url, headers, body: file, onProgress }, signal);
      if (received === null) return NOT_CONNECTED;
      if (isSuccess(received)) return { success: true, offset: file.size };
      const { retryable: isTemporary, ...failure } = failureIn(received);
      // The next attempt has another link.
      return { ...failure, code: "storage_unavailable", retryable: true, isRefused: !isTemporary };
    },
  };
}

/** @param {Received} received */
const isSuccess = ({ status }) => status >= 200 && status < 300;

/** Other requests may have changed the upload, or another token may be accepted. */
const REPEATED = [401, 408, 409, 423, 425, 429];

/** @param {Received} received @returns {Failure} */
function failureIn({ status, header, text }) {
  const retryable = REPEATED.includes(status) || status >= 500;
  const seconds = Number(header("Retry-After"));
  const more = { retryable, ...(seconds > 0 && { retryAfterMs: seconds * 1_000 }) };
  const answer = parsed(text);
  if (answer?.success === false && answer.code) return { ...answer, ...more };
  const code = status === 404 || status === 410 ? "upload_not_found" : "unavailable";
  return { ...failureOf(code, `The server answered ${status}`, retryable), ...more };
}

/** The answer to HEAD has no content, and a proxy answers in its own form. @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
