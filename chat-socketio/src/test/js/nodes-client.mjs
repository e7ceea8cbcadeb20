// usage: node nodes-client.mjs <url> client-4 <clients>
//
// Stock clients behind a proxy of several servers: each third polls, upgrades, or uses WebSocket alone. All join one room,
// and each receives one message of every other. Prints "joined", then waits until the server that "stop" names is gone,
// and until all are back on others.
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { Log, course, promised, tab, transportSettles, watch } from "./harness.mjs";

const TRANSPORTS = ["polling", "default", "websocket"];

await course(async ({ url, io, transports: count }) => {
  const clients = Array.from({ length: Number(count) }, (_, i) => open(url, io, i));
  await Promise.all(clients.map((client) => client.joins()));
  await exchange(clients, "first");
  const nodes = new Set(clients.map((client) => client.node()));
  assert.deepEqual([...nodes].sort(), ["n1", "n2", "n3"], "servers with clients");
  assert.deepEqual(clients.flatMap((client) => client.log.all("connect_error")), []);
  console.log(JSON.stringify({ event: "joined" }));

  const stopped = await promised("a line with a stopped server", (resolve) =>
    createInterface({ input: process.stdin }).once("line", resolve));
  await Promise.all(clients.map((client) => client.leaves(stopped)));
  await exchange(clients, "second");
  process.stdin.destroy();
});

function open(url, io, number) {
  const log = new Log(`client-${number}`);
  const transports = TRANSPORTS[number % TRANSPORTS.length];
  const socket = io(url, { ...tab(transports), reconnectionDelayMax: 500 });
  watch(socket, log);
  socket.on("connect_error", (error) => log.add("connect_error", String(error)));
  socket.on("disconnect", (reason) => log.add("disconnect", reason));
  socket.on("receiveMessage", ({ message }) => log.add("message", message.content));
  // Again after each connection, as any client does that sends no positions.
  socket.on("connect", () =>
    socket.emit("joinRoom", { conversationId: "r" }, (ack) => {
      assert.equal(ack.success, true);
      log.add("in", nodeOf(socket));
    }));
  const node = () => nodeOf(socket);
  return {
    log,
    node,
    socket,
    number,
    joins: async () => {
      await log.first("in");
      await transportSettles(socket, log, transports);
    },
    leaves: (stopped) => log.all("in")[0] === stopped
      ? log.first("in", (name) => name !== stopped)
      : Promise.resolve(),
  };
}

function nodeOf(socket) {
  return socket.io.engine.id.split(".")[0];
}

async function exchange(clients, round) {
  await Promise.all(clients.map(({ socket, number }) =>
    promised(`ack of ${number}`, (resolve) =>
      socket.emit("sendMessage",
        { conversationId: "r", senderId: `user-${number}`, content: `${round} ${number}`, type: "text", clientMessageId: `${round}-${number}` },
        (ack) => { assert.equal(ack.success, true); resolve(); }))));
  await Promise.all(clients.flatMap(({ log }) =>
    clients.map(({ number }) => log.first("message", (content) => content === `${round} ${number}`, `${round} ${number}`))));
  for (const { log } of clients) {
    const received = log.all("message").filter((content) => content.startsWith(round));
    assert.equal(received.length, clients.length, "each message once");
  }
}
