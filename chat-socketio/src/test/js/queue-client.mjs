import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { course, Log, promised, tab, transportSettles, watch } from "./harness.mjs";

// usage: node queue-client.mjs <url> <client-4|client-3|client-2> <default|websocket,polling|polling|websocket>
//
// A front end that loses its connection, queues many messages meanwhile, and sends all of them when it is connected again.

const KIB = 1_024;
const RECONNECTION_MS = 200;
const TEXTS = { ascii: "x".repeat(4_900), chinese: "\u4e2d".repeat(4_900), short: "hello" };

await course(async (setup) => {
  await queueIsStored(setup, "ascii", 400 * KIB);
  await queueIsStored(setup, "ascii", 900 * KIB);
  await queueIsStored(setup, "chinese", 900 * KIB);
  await queueIsStored(setup, "short", 100 * KIB);
});

async function queueIsStored({ url, io, transports }, name, bytes) {
  const room = randomUUID();
  const log = new Log(`${name} ${bytes}`);
  const options = { reconnectionDelay: RECONNECTION_MS, randomizationFactor: 0 };
  const socket = io(url, { ...tab(transports), ...options });
  watch(socket, log);
  for (const event of ["connect", "disconnect", "messageError", "chatError"]) {
    socket.on(event, (data) => log.add(event, data ?? {}));
  }
  const ask = (event, payload) => promised(`the ack of ${event}`, (resolve) => socket.emit(event, payload, resolve));

  await log.first("connect");
  assert.equal((await ask("joinRoom", room)).success, true);
  await transportSettles(socket, log, transports);
  socket.io.engine.close();
  await log.first("disconnect");
  const message = { conversationId: room, senderId: "ann", content: TEXTS[name] };
  const count = Math.ceil(bytes / Buffer.byteLength(JSON.stringify({ ...message, clientMessageId: randomUUID() })));
  const queued = Array.from({ length: count }, () => ask("sendMessage", { ...message, clientMessageId: randomUUID() }));
  assert.equal(socket.connected, false);

  const answers = await Promise.all(queued);

  answers.forEach((answer) => assert.equal(answer.success, true, JSON.stringify(answer)));
  const seqs = answers.map(({ message }) => message.seq);
  assert.deepEqual(
    seqs,
    Array.from({ length: count }, (_, i) => i + 1),
    "each is stored once, in order",
  );
  assert.equal(log.all("disconnect").length, 1, "the new connection stays");
  assert.deepEqual([...log.all("messageError"), ...log.all("chatError")], []);
  socket.disconnect();
}
