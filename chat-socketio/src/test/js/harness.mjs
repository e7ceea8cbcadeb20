import { inspect } from "node:util";

/** For the longest course, which takes 16 s, on a busy machine. */
const DEADLINE_MS = 90_000;
const PRINTED_LENGTH = 80;
const RECONNECTION_MS = 100;

const sockets = new Set();
const waits = new Set();

/** Runs a script's course: exit code 0 if it comes to its end, 1 if it fails or takes longer than the deadline. */
export async function course(run, deadlineMs = DEADLINE_MS) {
  const watchdog = setTimeout(() => giveUp(deadlineMs), deadlineMs);
  try {
    await run(await setup());
    disconnect();
    print("course", "finished");
  } catch (failure) {
    console.error(failure);
    process.exitCode = 1;
    disconnect();
  }
  watchdog.unref();
}

async function setup() {
  const [url, library, transports = "default"] = process.argv.slice(2);
  const client = await import(library);
  return { url, io: client.io ?? client.default.io ?? client.default, transports };
}

function disconnect() {
  sockets.forEach((socket) => socket.disconnect());
}

function giveUp(deadlineMs) {
  const reason = waits.size === 0 ? "a client that was disconnected has not ended" : inspect([...waits]);
  console.error(`not over after ${deadlineMs} ms; still waiting for ${reason}`);
  process.exit(1);
}

function print(client, event, data) {
  console.log(JSON.stringify({ client, event, data }, shorten));
}

function shorten(key, value) {
  const long = typeof value === "string" && value.length > PRINTED_LENGTH;
  return long ? `${value.slice(0, PRINTED_LENGTH)}… ${value.length} characters` : value;
}

/** The options of another browser tab: a connection of its own, a short delay of reconnects, and the transports to try. */
export function tab(transports) {
  const options = { forceNew: true, reconnectionDelay: RECONNECTION_MS };
  return transports === "default" ? options : { ...options, transports: transports.split(",") };
}

/** What one client saw, in the order in which it saw it. */
export class Log {
  #client;
  #entries = [];
  #listeners = new Set();

  constructor(client) {
    this.#client = client;
  }

  add(event, data) {
    const entry = { event, data };
    print(this.#client, event, data);
    this.#entries.push(entry);
    this.#listeners.forEach((listener) => listener(entry));
  }

  /** What was seen of an event so far. */
  all(event) {
    return this.#entries.filter((entry) => entry.event === event).map((entry) => entry.data);
  }

  /** The place of the first that was seen of an event and matches, among everything that was seen. */
  place(event, matches) {
    return this.#entries.findIndex((entry) => entry.event === event && matches(entry.data));
  }

  /** The first that was or will be seen of an event and matches; the hint says what, if it never comes. */
  first(event, matches = () => true, hint = matches) {
    const seen = this.all(event).find(matches);
    return seen === undefined ? this.#next(event, matches, hint) : Promise.resolve(seen);
  }

  #next(event, matches, hint) {
    return promised(`${event} at ${this.#client}: ${shorten("hint", String(hint))}`, (resolve) => {
      const listener = (entry) => {
        if (entry.event === event && matches(entry.data)) {
          this.#listeners.delete(listener);
          resolve(entry.data);
        }
      };
      this.#listeners.add(listener);
    });
  }
}

/** A promise that the script names if it has to give up before it is kept. */
export function promised(what, executor) {
  waits.add(what);
  return new Promise(executor).finally(() => waits.delete(what));
}

/** Logs the transport of each connection, first and after an upgrade, and disconnects the socket at the course's end. */
export function watch(socket, log) {
  sockets.add(socket);
  socket.on("connect", () => {
    const { engine } = socket.io;
    log.add("transport", { of: socket.id, name: engine.transport.name });
    engine.on("upgrade", (transport) => log.add("transport", { of: socket.id, name: transport.name }));
  });
}

/** Waits until a connected socket is on the transport that such a client must end up with. */
export function transportSettles(socket, log, transports) {
  const expected = transports === "polling" ? "polling" : "websocket";
  return log.first("transport", ({ of, name }) => of === socket.id && name === expected);
}

/** Waits until the snapshot of an observable matches, and returns it. */
export function until(observable, matches) {
  if (matches(observable.getSnapshot())) return Promise.resolve(observable.getSnapshot());
  return promised(String(matches), (resolve) => {
    const end = observable.subscribe(() => {
      if (!matches(observable.getSnapshot())) return;
      end();
      resolve(observable.getSnapshot());
    });
  });
}
