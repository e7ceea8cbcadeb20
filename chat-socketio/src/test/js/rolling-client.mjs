// usage: node rolling-client.mjs <url> client-4 <clients>
//
// Stock clients behind a proxy of several servers, which send all the while. Each second one only polls. Prints "joined",
// and goes on until a line arrives: by then each server was restarted. In the end each client has received each message
// once and in order, and no send has failed.
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { createInterface } from "node:readline";
import { course, promised, tab } from "./harness.mjs";

const ROOM = "rolling";
const SEND_EVERY_MS = 500;
const DEADLINE_MS = 80_000;
const sockets = [];

class Client {
  sent = 0;
  faults = [];
  failures = [];
  away = [];
  #position = { seq: 0, version: 0 };
  #epoch;
  #waiting = () => {};

  constructor(url, io, number) {
    const { reconnectionDelay, ...options } = tab(number % 2 === 0 ? "polling" : "default");
    const auth = (send) => send(this.#epoch && { resume: { epoch: this.#epoch, rooms: { [ROOM]: this.#position } } });
    this.number = number;
    this.socket = io(url, { ...options, auth, retries: 50, ackTimeout: 3_000 });
    sockets.push(this.socket);
    this.socket.on("session", ({ epoch }) => (this.#epoch = epoch));
    this.socket.on("receiveMessage", ({ message }) => this.#receive(message.seq));
    this.socket.on("roomSync", ({ messages, covered }) => {
      messages.forEach(({ seq }) => this.#receive(seq));
      this.#position = covered;
    });
    this.socket.on("syncRequired", (reason) => this.faults.push(reason));
    this.socket.on("disconnect", () => (this.gone = performance.now()));
    this.socket.on("connect", () => {
      if (this.gone) this.away.push(Math.round(performance.now() - this.gone));
    });
    this.joined = promised(`join of ${number}`, (resolve) =>
      this.socket.emit("joinRoom", { conversationId: ROOM }, (failed, ack) => {
        assert.equal(failed, null);
        assert.equal(ack.success, true);
        resolve();
      }));
  }

  #receive(seq) {
    if (this.#position.seq > 0 && seq !== this.#position.seq + 1) this.faults.push(`${seq} after ${this.#position.seq}`);
    this.#position = { ...this.#position, seq };
    this.#waiting();
  }

  async sendUntil(end) {
    let ended = false;
    end.then(() => (ended = true));
    await delay((this.number * SEND_EVERY_MS) / 60);
    while (!ended) {
      await this.#send(`${this.number}-${this.sent++}`);
      await delay(SEND_EVERY_MS);
    }
  }

  #send(key) {
    const message = { conversationId: ROOM, senderId: `user-${this.number}`, content: key, clientMessageId: key };
    return promised(`ack of ${key}`, (resolve) =>
      this.socket.emit("sendMessage", message, (failed, ack) => {
        if (failed || !ack.success) this.failures.push(failed ? String(failed) : ack);
        resolve();
      }));
  }

  /** All received messages are numbered without gaps, so the last number is the count. */
  receives(count) {
    return promised(`${count} messages at ${this.number}`, (resolve) => {
      this.#waiting = () => this.#position.seq >= count && resolve();
      this.#waiting();
    });
  }
}

await course(async ({ url, io, transports: count }) => {
  const clients = Array.from({ length: Number(count) }, (_, i) => new Client(url, io, i));
  await Promise.all(clients.map((client) => client.joined));
  console.log(JSON.stringify({ event: "joined" }));
  const restarted = promised("a line after the restarts", (resolve) =>
    createInterface({ input: process.stdin }).once("line", resolve));
  await Promise.all(clients.map((client) => client.sendUntil(restarted)));

  const sent = clients.reduce((sum, client) => sum + client.sent, 0);
  clients.forEach(({ failures }) => assert.deepEqual(failures, []));
  await Promise.all(clients.map((client) => client.receives(sent)));
  const away = clients.flatMap((client) => client.away).sort((a, b) => a - b);
  console.log(JSON.stringify({ event: "result", sent, moves: away.length, longestAwayMs: away.at(-1) }));
  clients.forEach(({ faults }) => assert.deepEqual(faults, []));
  process.stdin.destroy();
  sockets.forEach((socket) => socket.disconnect());
}, DEADLINE_MS);
