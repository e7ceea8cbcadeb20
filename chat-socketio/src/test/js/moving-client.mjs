// usage: node moving-client.mjs <url> client-4 <url of another server> <clients>
//
// Stock clients on a server with connection state recovery, which know nothing of positions. Each second one only polls.
// Prints "joined"; after the disconnection they connect to the other server. Prints "moved" once each has its session
// there, and goes on until a line tells the number of messages of each room: each client has received them all, once and
// in order.
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { course, promised, tab } from "./harness.mjs";

const ROOMS = ["first", "second"];
const DEADLINE_MS = 40_000;
const sockets = [];

class Client {
  received = Object.fromEntries(ROOMS.map((room) => [room, []]));
  #waiting = () => {};

  constructor(url, io, other, number) {
    this.number = number;
    this.socket = io(url, tab(number % 2 === 0 ? "polling" : "default"));
    sockets.push(this.socket);
    this.socket.on("receiveMessage", ({ message }) => {
      this.received[message.conversationId].push(message.seq);
      this.#waiting();
    });
    this.socket.on("syncRequired", (reason) => assert.fail(JSON.stringify(reason)));
    this.socket.on("disconnect", () => (this.socket.io.uri = other));
  }

  async joins() {
    for (const conversationId of ROOMS) {
      await promised(`join of ${this.number}`, (resolve) =>
        this.socket.emit("joinRoom", { conversationId }, (ack) => {
          assert.equal(ack.success, true);
          resolve();
        }));
    }
    this.id = this.socket.id;
  }

  async moves() {
    await promised(`move of ${this.number}`, (resolve) => this.socket.once("connect", resolve));
    assert.equal(this.socket.recovered, true, `${this.number} is recovered`);
    assert.equal(this.socket.id, this.id);
  }

  /** All messages are numbered without gaps. */
  async receives(count) {
    const lastOf = (room) => this.received[room].at(-1);
    await promised(`${count} messages at ${this.number}`, (resolve) => {
      this.#waiting = () => ROOMS.every((room) => lastOf(room) >= count) && resolve();
      this.#waiting();
    });
    const all = Array.from({ length: count }, (_, i) => i + 1);
    ROOMS.forEach((room) => assert.deepEqual(this.received[room], all, `messages of ${this.number} in ${room}`));
  }
}

await course(async ({ url, io, transports: other }) => {
  const clients = Array.from({ length: Number(process.argv[5]) }, (_, i) => new Client(url, io, other, i));
  await Promise.all(clients.map((client) => client.joins()));
  const moved = Promise.all(clients.map((client) => client.moves()));
  const line = promised("a line with the number of messages", (resolve) =>
    createInterface({ input: process.stdin }).once("line", resolve));
  console.log(JSON.stringify({ event: "joined" }));
  await moved;
  console.log(JSON.stringify({ event: "moved" }));
  const count = Number(await line);
  await Promise.all(clients.map((client) => client.receives(count)));
  process.stdin.destroy();
  sockets.forEach((socket) => socket.disconnect());
}, DEADLINE_MS);
