import { createObservable } from "./observable.js";
import { NOT_CONNECTED, NO_ANSWER, failureOf } from "./failure.js";

/**
 * @typedef {import("./roomcast.d.ts").Status} Status
 * @typedef {import("../contract/chat-events").SessionEvent} SessionEvent
 * @typedef {{ status: Status, reason?: string }} State
 */

const ACK_TIMEOUT = 12_000;
const CONNECT_TIMEOUT = 10_000;
const FIRST_DELAY = 500;
const LAST_DELAY = 5_000;

/**
 * The Socket.IO connection. It connects again by itself, except after a refused token and the end of the session.
 *
 * @param {object} parts
 * @param {import("./roomcast.d.ts").ConnectOptions} parts.options
 * @param {import("./environment.js").Environment} parts.environment
 * @param {(session: SessionEvent) => void} parts.onSession
 * @param {() => void} parts.onLost
 */
export function createConnection({ options, environment, onSession, onLost }) {
  const state = createObservable(/** @type {State} */ ({ status: "connecting" }));
  const base = new URL(options.url ?? environment.base() ?? "", environment.base());
  const path = options.path ?? new URL("socket.io/", base).pathname;
  /** @type {any} */
  const socket = options.io(base.origin, {
    path,
    autoConnect: false,
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_TIMEOUT,
  });
  /** @type {SessionEvent | null} */
  let session = null;
  /** @type {string | undefined} */
  let token;
  /** @type {string | null} */
  let refused = null;
  /** @type {unknown} */
  let timer = null;
  /** @type {unknown} */
  let attemptTimer = null;
  /** @type {unknown} */
  let upgradeTimer = null;
  /** @type {unknown} */
  let drainTimer = null;
  let connecting = false;
  /** How many events and answers have arrived. */
  let received = 0;
  /** How many milliseconds the server's clock is ahead. */
  let ahead = 0;
  let attempt = 0;

  /** @param {Status} status @param {string} [reason] */
  const enter = (status, reason) => state.set(reason ? { status, reason } : { status });
  const isStopped = () => ["refused", "ended", "closed"].includes(state.get().status);

  /** Shows what is known of the network. The browser detects a lost network long before the connection does. */
  function show() {
    if (!isStopped()) enter(!environment.isOnline() ? "offline" : session ? "online" : "connecting");
  }

  async function open() {
    environment.clearTimer(timer);
    timer = null;
    if (isStopped() || connecting || socket.connected) return;
    connecting = true;
    try {
      token = (await options.token?.()) ?? undefined;
    } catch {
      connecting = false;
      return again();
    }
    if (isStopped()) return;
    if (refused !== null && token === refused) {
      connecting = false;
      return enter("refused", "unauthenticated");
    }
    socket.auth = { ...(token !== undefined && { token }), features: ["messagesBatch"] };
    socket.connect();
    const { engine } = socket.io ?? {};
    // A packet that arrived before the end is handled in a later task.
    engine?.once("close", () => environment.setTimer(() => endAttempt(engine), 0));
    // The library waits for the next ping. A refusal that was sent before has the time to arrive.
    engine?.on("upgradeError", () => {
      environment.clearTimer(upgradeTimer);
      upgradeTimer = environment.setTimer(() => endUpgrade(engine), FIRST_DELAY);
    });
    environment.clearTimer(attemptTimer);
    attemptTimer = environment.setTimer(() => endAttempt(engine), CONNECT_TIMEOUT);
  }

  /**
   * Ends an attempt that has not led to a session. The library does not report a connection that closes during its
   * handshake.
   *
   * @param {unknown} engine
   */
  function endAttempt(engine) {
    if (!connecting || engine !== socket.io?.engine) return;
    connecting = false;
    socket.disconnect();
    again();
  }

  /**
   * Ends a connection that was cut while it changed its transport: it is paused, and can send nothing.
   *
   * @param {any} engine
   */
  function endUpgrade(engine) {
    if (!engine.upgrading || engine.readyState !== "open") return;
    // Otherwise it would wait before it closes.
    engine.upgrading = false;
    engine.writeBuffer.length = 0;
    engine.close();
  }

  /** Connects after a delay that grows with each attempt. One failure may be reported twice. @param {number} [delay] */
  function again(delay) {
    if (isStopped() || (timer !== null && delay === undefined)) return;
    environment.clearTimer(timer);
    const own = Math.min(LAST_DELAY, FIRST_DELAY * 2 ** attempt++) * (0.5 + environment.random() / 2);
    timer = environment.setTimer(open, delay ?? own);
  }

  function lost() {
    environment.clearTimer(drainTimer);
    connecting = false;
    session = null;
    show();
    onLost();
  }

  socket.on("session", (/** @type {SessionEvent} */ event) => {
    connecting = false;
    attempt = 0;
    refused = null;
    session = event;
    ahead = Date.parse(event.serverTime) - environment.now() || 0;
    onSession(event);
    show();
  });
  socket.on("disconnect", () => {
    lost();
    again();
  });
  socket.on("connect_error", (/** @type {{ data?: { code?: string, retryable?: boolean } }} */ error) => {
    const wasConnecting = connecting;
    connecting = false;
    const { code, retryable } = error.data ?? {};
    if (code === undefined || (retryable && code !== "token_expired")) {
      if (wasConnecting && !socket.connected) again();
    } else if (code === "unauthenticated" || code === "token_expired") {
      const isFirst = refused === null && options.token !== undefined;
      refused = token ?? "";
      if (isFirst) again(0);
      else enter("refused", code);
    } else {
      enter("refused", code);
    }
  });
  socket.on("sessionRevoked", (/** @type {{ reason: string, reconnect: boolean }} */ { reason, reconnect }) => {
    if (!reconnect) enter("ended", reason);
  });
  // The server gives each client another time, so that not all of them reconnect at the same moment.
  socket.on("serverDraining", (/** @type {{ reconnectInMs: number }} */ { reconnectInMs }) => {
    environment.clearTimer(drainTimer);
    drainTimer = environment.setTimer(restart, reconnectInMs);
  });
  socket.on("tokenExpiring", async () => {
    try {
      const next = (await options.token?.()) ?? undefined;
      if (next === undefined || next === token) return;
      token = next;
    } catch {
      return;
    }
    await request("refreshToken", { token });
  });

  /** Replaces the connection. */
  function restart() {
    if (socket.connected) socket.disconnect();
    else again(0);
  }

  /** Does not wait for the next attempt if the user or the network has returned. */
  function returned() {
    const { status, reason } = state.get();
    if (status === "ended" && reason === "too_many_sessions" && environment.isVisible()) return reconnect();
    show();
    if (environment.isVisible() && environment.isOnline() && !session && !connecting) again(0);
  }

  function reconnect() {
    if (state.get().status === "closed") return;
    attempt = 0;
    refused = null;
    enter("connecting");
    if (!connecting) again(0);
  }

  const endings = [
    environment.listen("online", returned),
    environment.listen("offline", show),
    environment.listen("visibilitychange", returned),
    // A page with a connection cannot be kept for the way back.
    environment.listen("pagehide", () => socket.disconnect()),
    environment.listen("pageshow", ({ persisted }) => persisted && returned()),
  ];

  /**
   * @param {string} event
   * @param {unknown} payload
   * @returns {Promise<any>}
   */
  function request(event, payload) {
    if (!session) return Promise.resolve(NOT_CONNECTED);
    const at = session;
    const before = received;
    /** @param {unknown} error @param {unknown} answer @returns {unknown} */
    const answered = (error, answer) => {
      if (!error) received++;
      // Nothing has arrived for so long: the connection is dead, although the library has not noticed it.
      else if (at === session && before === received) restart();
      return error ? NO_ANSWER : answer;
    };
    return new Promise((resolve) =>
      socket
        .timeout(ACK_TIMEOUT)
        .emit(event, payload, (/** @type {unknown} */ error, /** @type {unknown} */ answer) => resolve(answered(error, answer))),
    );
  }

  /** Returns the address of a path of the server, also below a folder. @param {string} path */
  const address = (path) => new URL(path.replace(/^\//, ""), base).href;

  /** Returns the header that names the user. @returns {Promise<Record<string, string>>} */
  async function authorization() {
    const current = token ?? (await options.token?.());
    return current === undefined ? {} : { Authorization: `Bearer ${current}` };
  }

  /**
   * Sends a request over HTTP.
   *
   * @param {string} place
   * @param {Record<string, unknown>} body
   * @param {Record<string, string>} headers
   * @returns {Promise<any>}
   */
  async function post(place, body, headers) {
    try {
      const response = await environment.fetch(address(place), {
        method: "POST",
        headers: { "Content-Type": "application/json", ...(await authorization()), ...headers },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ACK_TIMEOUT),
      });
      const answer = await response.json();
      if (typeof answer?.success !== "boolean") return failureOf("unavailable", "No answer of the server", true);
      if (answer.code === "token_expired" || answer.code === "unauthenticated") token = undefined;
      // A new connection finds out whether a token is refused.
      return answer.code === "unauthenticated" ? { ...answer, retryable: true } : answer;
    } catch {
      return NOT_CONNECTED;
    }
  }

  return {
    state,
    request,
    post,
    address,
    authorization,
    /** The token was refused: the next request obtains another one. */
    forgetToken: () => void (token = undefined),
    isOnline: () => session !== null && socket.connected,
    session: () => session,
    /** The time of the server, as far as it is known. */
    now: () => environment.now() + ahead,
    open,
    reconnect,
    /** Sends an event whose answer is not needed. @param {string} event @param {unknown} payload */
    send: (event, payload) => void (session && socket.connected && socket.emit(event, payload)),
    /**
     * Calls the listener for an event. Returns a function that ends this.
     *
     * @param {string} event
     * @param {(payload: any) => void} listener
     */
    on(event, listener) {
      const guarded = (/** @type {unknown} */ payload) => {
        received++;
        try {
          if (payload && typeof payload === "object") listener(payload);
        } catch (error) {
          console.warn(`${event} was skipped`, error);
        }
      };
      socket.on(event, guarded);
      return () => void socket.off(event, guarded);
    },
    close() {
      enter("closed");
      [timer, attemptTimer, upgradeTimer, drainTimer].forEach(environment.clearTimer);
      endings.forEach((end) => end());
      session = null;
      socket.disconnect();
      socket.off();
      state.clear();
    },
  };
}
