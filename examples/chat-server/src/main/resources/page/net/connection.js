import { createEmitter } from "../model/emitter.js";
import { createAbilities } from "./abilities.js";

const ACK_TIMEOUT = 10_000;
const RECONNECT_DELAY = 1_000;
const SESSION_TIMEOUT = 1_000;

/**
 * The Socket.IO connection to the server. Events: "state"; "session" with the server's session information, once per
 * connection; "unauthenticated" with a text.
 */
export function createConnection({ token, device, positions }) {
  const events = createEmitter();
  const abilities = createAbilities();
  let sessionInfo = null;
  const socket = window.io({
    path: new URL("socket.io/", document.baseURI).pathname,
    autoConnect: false,
    auth: (send) => send({ token: token(), v: 1, device, resume: positions() }),
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
  });
  let timer = null;
  let sessionTimer = null;
  let ended = false;

  const emitState = () => events.emit("state", state());

  function reconnect(delay = RECONNECT_DELAY) {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(() => socket.connect(), delay);
  }

  function sessionStarted(session) {
    clearTimeout(sessionTimer);
    sessionInfo = session;
    abilities.reset(session);
    events.emit("session", session);
  }

  socket.on("connect", () => {
    emitState();
    // Assumes that everything is supported if the server sends no session information.
    sessionTimer = setTimeout(() => sessionStarted({}), SESSION_TIMEOUT);
  });
  socket.on("session", sessionStarted);
  socket.on("disconnect", (reason) => {
    clearTimeout(sessionTimer);
    sessionInfo = null;
    emitState();
    // The library reconnects by itself unless the server closed the connection.
    if (reason === "io server disconnect") reconnect();
  });
  socket.on("connect_error", (error) => {
    emitState();
    if (isRefusal(error)) return events.emit("unauthenticated", textOf(error));
    if (!socket.active) reconnect();
  });
  socket.on("sessionRevoked", ({ reconnect } = {}) => {
    ended = !reconnect;
  });
  // The server gives each client another time, so that not all of them reconnect at the same moment.
  socket.on("serverDraining", ({ reconnectInMs = RECONNECT_DELAY } = {}) => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.disconnect() && reconnect(), reconnectInMs);
  });
  window.addEventListener("online", networkReturned);
  window.addEventListener("offline", emitState);

  /** Returns the state. The browser detects a lost network long before the connection does. */
  function state() {
    if (!navigator.onLine) return "offline";
    return socket.connected ? "online" : "connecting";
  }

  /** Continues with a connection that survived the loss of the network; otherwise reconnects. */
  function networkReturned() {
    emitState();
    if (socket.connected && sessionInfo) events.emit("session", { ...sessionInfo, resumed: true });
    else if (!ended && socket.active === false) reconnect(0);
  }

  /**
   * Sends an event and returns its acknowledgement. Returns null if there is none, or if the server does not support the
   * event, which is then not sent again on this connection.
   */
  async function ask(event, payload = {}) {
    if (!socket.connected || !abilities.can(event)) return null;
    const answer = await answerOf(socket, event, payload);
    return abilities.isRefusal(event, answer) ? null : answer;
  }

  return {
    on: events.on,
    state,
    ask,
    can: abilities.can,
    receive: (event, listener) => socket.on(event, guarded(listener)),
    open: () => socket.connect(),
    send: (event, payload) => socket.connected && socket.emit(event, payload),
    close() {
      ended = true;
      clearTimeout(timer);
      clearTimeout(sessionTimer);
      window.removeEventListener("online", networkReturned);
      window.removeEventListener("offline", emitState);
      socket.close();
    },
  };
}

/** Skips an event whose listener fails. */
function guarded(listener) {
  return (payload) => {
    try {
      if (payload && typeof payload === "object") listener(payload);
    } catch (error) {
      console.info("skipped an event", error);
    }
  };
}

/** Returns the acknowledgement, or null if there is none in time. */
async function answerOf(socket, event, payload) {
  try {
    return await socket.timeout(ACK_TIMEOUT).emitWithAck(event, payload);
  } catch {
    return null;
  }
}

function isRefusal({ message, data }) {
  return message === "Authentication error" && (!data?.retryable || data.code === "token_expired");
}

function textOf(error) {
  return error.data?.code === "token_expired" ? "Your token has expired." : error.message;
}
