// usage: node outage-client.js <url,url,...>
//
// Stock clients on all servers send 200 messages a second together. A client whose server is gone connects to the next
// one. Prints "ready 0" once all have joined, and sends until a line arrives. Then it waits until no message has arrived
// for a while, and prints what is missing of all messages that any client has received.
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { io } from "socket.io-client";

const CLIENTS = 20;
const MESSAGES_PER_SECOND = 200;
const QUIET_MS = 6_000;
const MAX_DRAIN_MS = 25_000;
const ROOM = `outage-${process.pid}`;
const urls = process.argv[2].split(",");
let lastArrival = performance.now();

class Client {
  counts = new Map();
  longestAwayMs = 0;
  #server;
  #goneAt;
  #epoch;
  #covered = { seq: 0, version: 0 };

  constructor(number) {
    this.number = number;
    this.#server = number;
    this.socket = io(urls[number % urls.length], {
      auth: (send) => send(this.#resume()),
      forceNew: true,
      reconnectionDelay: 100,
      reconnectionDelayMax: 400,
      transports: ["websocket"],
    });
    this.#follow();
    this.joined = new Promise((resolve) => this.socket.once("receiveMessage", resolve));
  }

  #follow() {
    this.socket.io.on("reconnect_attempt", () => (this.socket.io.uri = urls[++this.#server % urls.length]));
    this.socket.on("disconnect", () => (this.#goneAt = performance.now()));
    this.socket.on("connect", () => {
      if (this.#goneAt) this.longestAwayMs = Math.max(this.longestAwayMs, performance.now() - this.#goneAt);
      if (!this.socket.recovered) this.socket.emit("joinRoom", ROOM);
    });
    this.socket.on("receiveMessage", ({ message }) => this.#received(message));
    // Only Roomcast sends these. A stock client that passes its position receives what it has missed.
    this.socket.on("session", ({ epoch }) => (this.#epoch = epoch));
    this.socket.on("roomSync", ({ messages, covered }) => {
      messages.forEach((message) => this.#received(message));
      this.#covered = covered;
    });
  }

  #resume() {
    return this.#epoch ? { resume: { epoch: this.#epoch, rooms: { [ROOM]: this.#covered } } } : {};
  }

  #received({ content, seq }) {
    lastArrival = performance.now();
    if (seq > this.#covered.seq) this.#covered = { ...this.#covered, seq };
    if (content !== "probe") this.counts.set(content, (this.counts.get(content) ?? 0) + 1);
  }

  send(content) {
    this.socket.emit("sendMessage", { conversationId: ROOM, senderId: `user-${this.number}`, content });
  }
}

const clients = Array.from({ length: CLIENTS }, (_, number) => new Client(number));
const all = Promise.all(clients.map((client) => client.joined));
const probes = setInterval(() => clients[0].send("probe"), 200);
await all;
clearInterval(probes);
console.log("ready 0");

let ended = false;
createInterface({ input: process.stdin }).once("line", () => (ended = true));
const start = performance.now();
let sent = 0;
while (!ended) {
  while (sent < ((performance.now() - start) * MESSAGES_PER_SECOND) / 1_000) {
    clients[sent % CLIENTS].send(`message ${sent++}`);
  }
  await delay(2);
}

const drainStart = performance.now();
lastArrival = drainStart;
const received = () => new Set(clients.flatMap((client) => [...client.counts.keys()]));
const missing = (messages) => clients.reduce((sum, client) => sum + messages.size - client.counts.size, 0);
while (missing(received()) + sent - received().size > 0 && performance.now() - lastArrival < QUIET_MS) {
  if (performance.now() - drainStart > MAX_DRAIN_MS) break;
  await delay(50);
}
const messages = received();
const repeated = clients.reduce((sum, client) => sum + [...client.counts.values()].filter((n) => n > 1).length, 0);
const away = Math.round(Math.max(...clients.map((client) => client.longestAwayMs)));
console.log(`result ${messages.size * CLIENTS} ${missing(messages)} ${repeated} ${away}`);
process.exit(0);
