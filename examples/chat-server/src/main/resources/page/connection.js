import { createEmitter } from "./emitter.js";

const ACK_TIMEOUT = 10_000;
const SECOND_TRY = 1_000;

/** The socket to the server: says how it is, and asks questions that are always answered. */
export function createConnection(token) {
  const events = createEmitter();
  const socket = window.io({
    autoConnect: false,
    auth: token ? { token, v: 1 } : { v: 1 },
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
  });
  let timer = null;

  const tell = () => events.emit("state", state());
  const comeBack = () => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.connect(), SECOND_TRY);
  };

  socket.on("connect", tell);
  socket.on("disconnect", (reason) => {
    tell();
    // The library comes back by itself, except where the server closed the connection.
    if (reason === "io server disconnect") comeBack();
  });
  socket.on("connect_error", (error) => {
    tell();
    if (error.message === "Authentication error") return events.emit("unauthenticated", textOf(error));
    if (!socket.active) comeBack();
  });
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);

  function state() {
    if (socket.connected) return "online";
    return navigator.onLine ? "connecting" : "offline";
  }

  return {
    on: events.on,
    state,
    receive: (event, listener) => socket.on(event, listener),
    open: () => socket.connect(),
    tell: (event, payload) => socket.connected && socket.emit(event, payload),
    ask: (event, payload) => ask(socket, event, payload),
    close() {
      clearTimeout(timer);
      window.removeEventListener("online", tell);
      window.removeEventListener("offline", tell);
      socket.close();
    },
  };
}

/** The answer to a question, or null where there is none: not connected, cut off, or too late. */
async function ask(socket, event, payload) {
  if (!socket.connected) return null;
  try {
    return await socket.timeout(ACK_TIMEOUT).emitWithAck(event, payload);
  } catch {
    return null;
  }
}

function textOf(error) {
  return error.data?.code === "token_expired" ? "Your token has expired." : error.message;
}
