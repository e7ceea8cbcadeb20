// usage: node large-client.mjs <url> <client-4|client-3|client-2> <default|websocket,polling|polling|websocket>
//
// A front end that sends more at once than the server takes: each event is answered, and a handshake is refused for good.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Log, course, promised, tab, transportSettles, watch } from "./harness.mjs";

const BOUND = 65_536;
const RECONNECTION_MS = 50;
const room = randomUUID();

await course(async (setup) => {
  await eventsAreAnswered(setup);
  if (!process.argv[3].endsWith("2")) {
    await handshakeIsRefused(setup, 400_000);
    await handshakeIsRefused(setup, 5_000_000);
    await permittedRoomsAreResumed(setup);
  }
});

async function eventsAreAnswered({ url, io, transports }) {
  const log = new Log("sender");
  const socket = io(url, tab(transports));
  watch(socket, log);
  for (const event of ["connect", "disconnect", "messageError"]) {
    socket.on(event, (data) => log.add(event, data ?? {}));
  }
  const ask = (event, payload) =>
    promised(`the ack of ${event}`, (resolve) => socket.emit(event, payload, (...answers) => resolve(answers)));
  const send = (content, rest) => ask("sendMessage", { conversationId: room, senderId: "ann", content, ...rest });

  await log.first("connect");
  assert.equal((await ask("joinRoom", room))[0].success, true);
  await transportSettles(socket, log, transports);
  for (const size of [BOUND, 200_000]) {
    const refused = send("x".repeat(size));
    const stored = send("fits");
    const [answer] = await refused;
    assert.deepEqual([answer.code, answer.retryable], ["payload_too_large", false]);
    assert.equal((await stored)[0].success, true);
  }
  const [refused] = await send("with a file", { file: Buffer.alloc(150_000) });
  assert.deepEqual([refused.code, refused.field], ["invalid_payload", "file"]);
  // The file is refused before its bytes are sent. This waits for them, so that one post has not both.
  assert.equal((await send("behind the file"))[0].success, true);
  const text = "y".repeat(3_900);
  const together = Array.from({ length: 12 }, () => send(text, { metadata: { text } }));
  (await Promise.all(together)).forEach(([answer]) => assert.equal(answer.success, true, JSON.stringify(answer)));
  socket.emit("sendMessage", { conversationId: room, senderId: "ann", content: "z".repeat(BOUND) });
  assert.equal((await log.first("messageError")).code, "payload_too_large");
  assert.equal((await send("last"))[0].success, true);
  assert.deepEqual(log.all("disconnect"), []);
}

async function handshakeIsRefused({ url, io, transports }, size) {
  const log = new Log(`of ${size}`);
  const options = { ...tab(transports), reconnectionDelay: RECONNECTION_MS, randomizationFactor: 0 };
  const socket = io(url, { ...options, auth: { token: "x".repeat(size) } });
  watch(socket, log);
  socket.on("connect_error", ({ message, data }) => log.add("connect_error", { message, data }));
  socket.io.on("reconnect_attempt", () => log.add("reconnect_attempt"));
  const { message, data } = await log.first("connect_error");
  assert.equal(message, "Payload too large");
  assert.deepEqual(data, { code: "payload_too_large", retryable: false });
  await pause(4 * RECONNECTION_MS);
  assert.equal(log.all("connect_error").length, 1);
  assert.deepEqual(log.all("reconnect_attempt"), [], "it does not try again by itself");
  socket.disconnect();
}

async function permittedRoomsAreResumed({ url, io, transports }) {
  const log = new Log("resuming");
  const position = { seq: Number.MAX_SAFE_INTEGER, version: Number.MAX_SAFE_INTEGER };
  const names = Array.from({ length: 200 }, (_, i) => `${"\u4e2d".repeat(120)}-${i}`);
  const rooms = Object.fromEntries(names.map((name) => [name, position]));
  const socket = io(url, { ...tab(transports), auth: { resume: { epoch: "old", rooms } } });
  watch(socket, log);
  socket.on("session", (session) => log.add("session", session));
  socket.on("syncRequired", (required) => log.add("syncRequired", required));
  const { resumed } = await log.first("session");
  assert.equal(resumed, true);
  await Promise.all(names.map((name) => log.first("syncRequired", ({ conversationId }) => conversationId === name)));
  socket.disconnect();
}
