// usage: node outage-client.mjs <url,url> client-4 <clients>
//
// Stock clients of two servers, which send all the while. Each second one only polls. A client whose server is gone
// connects to the other one. Prints "joined", then obeys the lines that it reads: "spread" returns each client to the
// server that it began with, "count" prints the acks at the clients of each server, and "end" ends. Then each client has
// received each message once and in order, and no send has failed.
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { course, promised, tab } from "./harness.mjs";

const ROOM = "outages";
const MESSAGES_PER_SECOND = 200;
const COMPLETE_MS = 20_000;
const DEADLINE_MS = 110_000;

class Client {
  sent = 0;
  acks = 0;
  faults = [];
  failures = [];
  longestAwayMs = 0;
  #server;
  #goneAt;
  #position = { seq: 0, version: 0 };
  #epoch;
  #fetching = false;
  /** Live messages that are ahead of the pages. */
  #held = new Set();
  #waiting = () => {};

  constructor(urls, io, number) {
    const options = tab(number % 4 < 2 ? "polling" : "default");
    const auth = (send) => send({ token: `user-${number}`, ...this.#resume() });
    this.number = number;
    this.#server = number % urls.length;
    this.socket = io(urls[this.#server], {
      ...options, auth, retries: 100, ackTimeout: 3_000, reconnectionDelayMax: 500,
    });
    this.socket.io.on("reconnect_attempt", () => {
      this.#server = (this.#server + 1) % urls.length;
      this.socket.io.uri = urls[this.#server];
    });
    this.#follow();
    this.joined = this.#join(undefined);
  }

  #follow() {
    this.socket.on("session", ({ epoch }) => (this.#epoch = epoch));
    this.socket.on("receiveMessage", ({ message }) => this.#receive(message.seq));
    this.socket.on("roomSync", (page) => this.#receivePage(page));
    this.socket.on("syncRequired", () => this.#fetch());
    this.socket.on("disconnect", () => (this.#goneAt = performance.now()));
    this.socket.on("connect", () => {
      if (this.#goneAt) this.longestAwayMs = Math.max(this.longestAwayMs, Math.round(performance.now() - this.#goneAt));
    });
  }

  #resume() {
    return this.#epoch ? { resume: { epoch: this.#epoch, rooms: { [ROOM]: this.#position } } } : {};
  }

  #receive(seq) {
    if (this.#fetching && seq !== this.#position.seq + 1) {
      this.#held.add(seq);
      return;
    }
    if (this.#position.seq > 0 && seq !== this.#position.seq + 1) this.faults.push(`${seq} after ${this.#position.seq}`);
    this.#position = { ...this.#position, seq };
    this.#waiting();
  }

  #receivePage({ messages, covered, hasMore }) {
    messages.forEach(({ seq }) => this.#receive(seq));
    this.#position = covered;
    if (hasMore) this.#fetch();
  }

  /** Fetches the pages that a server does not send by itself, as too many messages are missing. */
  async #fetch() {
    if (this.#fetching) return;
    this.#fetching = true;
    for (let more = true; more; ) {
      const ack = await this.#join(this.#position);
      ack.messages.forEach(({ seq }) => this.#receive(seq));
      this.#position = ack.covered;
      more = ack.hasMore;
    }
    this.#fetching = false;
    const held = [...this.#held].filter((seq) => seq > this.#position.seq);
    this.#held.clear();
    held.sort((a, b) => a - b).forEach((seq) => this.#receive(seq));
    this.#waiting();
  }

  async #join(after) {
    let ack;
    do {
      ack = await this.#request("joinRoom", { conversationId: ROOM, after });
    } while (ack.retryable);
    assert.equal(ack.success, true, JSON.stringify(ack));
    return ack;
  }

  /** A stock client repeats a request when its ack is late. */
  #request(event, payload) {
    return promised(`ack of ${event} at ${this.number}`, (resolve) =>
      this.socket.emit(event, payload, (failed, ack) => resolve(failed ? { error: String(failed) } : ack)));
  }

  async returned() {
    const atHome = () => this.socket.connected && this.#server === this.number % 2;
    while (!atHome()) {
      if (this.socket.connected) this.socket.io.engine.close();
      await promised(`return of ${this.number}`, (resolve) => this.socket.once("connect", resolve));
    }
  }

  async sendUntil(end, everyMs) {
    let ended = false;
    end.then(() => (ended = true));
    await delay(Math.random() * everyMs);
    while (!ended) {
      const start = performance.now();
      await this.send(`${this.number}-${this.sent++}`);
      await delay(everyMs - (performance.now() - start));
    }
  }

  /** Sends a message until it is stored. */
  async send(key) {
    const message = { conversationId: ROOM, senderId: `user-${this.number}`, content: key, clientMessageId: key };
    let ack;
    do {
      ack = await this.#request("sendMessage", message);
    } while (ack.retryable);
    if (ack.success) this.acks++;
    else this.failures.push(ack);
    return ack;
  }

  /** All received messages are numbered without gaps, so the last number is the count. */
  receives(count) {
    return promised(`${count} messages at ${this.number}`, (resolve, reject) => {
      const late = () => reject(new Error(`client ${this.number} has ${this.#position.seq} of ${count}, ${this.#fetching ? "and fetches" : ""} ${this.faults}`));
      const timer = setTimeout(late, COMPLETE_MS);
      this.#waiting = () => {
        if (this.#position.seq < count || this.#fetching) return;
        clearTimeout(timer);
        resolve();
      };
      this.#waiting();
    });
  }
}

await course(async ({ url, io, transports: count }) => {
  const clients = Array.from({ length: Number(count) }, (_, i) => new Client(url.split(","), io, i));
  try {
    await play(clients);
  } finally {
    process.stdin.destroy();
    clients.forEach(({ socket }) => socket.disconnect());
  }
}, DEADLINE_MS);

async function play(clients) {
  await Promise.all(clients.map((client) => client.joined));
  const lines = createInterface({ input: process.stdin });
  const end = promised("the line end", (resolve) => lines.on("line", (line) => line === "end" && resolve()));
  lines.on("line", async (line) => {
    if (line === "spread") {
      await Promise.all(clients.map((client) => client.returned()));
      console.log(JSON.stringify({ event: "spread" }));
    } else if (line === "count") {
      console.log(JSON.stringify({ event: "count", acks: [0, 1].map((home) => acks(clients, home)) }));
    }
  });
  console.log(JSON.stringify({ event: "joined" }));
  const everyMs = (clients.length * 1_000) / MESSAGES_PER_SECOND;
  await Promise.all(clients.map((client) => client.sendUntil(end, everyMs)));

  const sent = clients.reduce((sum, client) => sum + client.sent, 0);
  clients.forEach(({ failures }) => assert.deepEqual(failures, []));
  const last = await clients[0].send("last");
  assert.equal(last.message.seq, sent + 1);
  await Promise.all(clients.map((client) => client.receives(sent + 1)));
  const longestAwayMs = Math.max(...clients.map((client) => client.longestAwayMs));
  console.log(JSON.stringify({ event: "result", sent, longestAwayMs }));
  clients.forEach(({ faults }) => assert.deepEqual(faults, []));
}

function acks(clients, home) {
  return clients.filter(({ number }) => number % 2 === home).reduce((sum, client) => sum + client.acks, 0);
}
