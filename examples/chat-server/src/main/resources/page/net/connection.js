import { createEmitter } from "../model/emitter.js";
import { createAbilities } from "./abilities.js";

const ACK_TIMEOUT = 10_000;
const SECOND_TRY = 1_000;
const SESSION_PATIENCE = 1_000;

/**
 * The socket to the server: says how it is, and asks questions that are always answered. Events: "state", "session" with
 * the server's greeting once per connection and "unauthenticated" with a text.
 */
export function createConnection({ token, device, positions }) {
  const events = createEmitter();
  const abilities = createAbilities();
  let greeting = null;
  const socket = window.io({
    path: new URL("socket.io/", document.baseURI).pathname,
    autoConnect: false,
    auth: (tell) => tell({ token: token(), v: 1, device, resume: positions() }),
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
  });
  let timer = null;
  let patience = null;
  let ended = false;

  const tell = () => events.emit("state", state());

  function comeBack(delay = SECOND_TRY) {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(() => socket.connect(), delay);
  }

  function greeted(session) {
    clearTimeout(patience);
    greeting = session;
    abilities.greeted(session);
    events.emit("session", session);
  }

  socket.on("connect", () => {
    tell();
    // A server that says no greeting is asked for everything, one thing after the other.
    patience = setTimeout(() => greeted({}), SESSION_PATIENCE);
  });
  socket.on("session", greeted);
  socket.on("disconnect", (reason) => {
    clearTimeout(patience);
    greeting = null;
    tell();
    // The library comes back by itself, except where the server closed the connection.
    if (reason === "io server disconnect") comeBack();
  });
  socket.on("connect_error", (error) => {
    tell();
    if (isRefusal(error)) return events.emit("unauthenticated", textOf(error));
    if (!socket.active) comeBack();
  });
  socket.on("sessionRevoked", ({ reconnect } = {}) => {
    ended = !reconnect;
  });
  // Clients are spread over the time that the server takes to stop, so that they do not all come back at once.
  socket.on("serverDraining", ({ reconnectInMs = SECOND_TRY } = {}) => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.disconnect() && comeBack(), reconnectInMs);
  });
  window.addEventListener("online", returned);
  window.addEventListener("offline", tell);

  /** A browser knows that its network has gone long before the connection does. */
  function state() {
    if (!navigator.onLine) return "offline";
    return socket.connected ? "online" : "connecting";
  }

  /** The network is back; a connection that has outlived it goes on, or else the library makes another. */
  function returned() {
    tell();
    if (socket.connected && greeting) events.emit("session", { ...greeting, resumed: true });
    else if (!ended && socket.active === false) comeBack(0);
  }

  /** What cannot be done here is no failure of the user's, and is not asked for again on this connection. */
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
    tell: (event, payload) => socket.connected && socket.emit(event, payload),
    close() {
      ended = true;
      clearTimeout(timer);
      clearTimeout(patience);
      window.removeEventListener("online", returned);
      window.removeEventListener("offline", tell);
      socket.close();
    },
  };
}

/** An event that cannot be understood is one event less, and no more. */
function guarded(listener) {
  return (payload) => {
    try {
      if (payload && typeof payload === "object") listener(payload);
    } catch (error) {
      console.info("an event was left out", error);
    }
  };
}

/** The answer to a question, or null where there is none: cut off, or too late. */
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
