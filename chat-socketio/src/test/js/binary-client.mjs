// usage: node binary-client.mjs <url> <client-4|client-3|client-2> <default|websocket,polling|polling|websocket>
//
// A front end that puts files into its messages, which the server does not take, and goes on.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Log, course, promised, tab, transportSettles, watch } from "./harness.mjs";

const room = randomUUID();

await course(async ({ url, io, transports }) => {
  const log = new Log("sender");
  const socket = io(url, tab(transports));
  watch(socket, log);
  for (const event of ["connect", "disconnect", "chatError", "messageError"]) {
    socket.on(event, (data) => log.add(event, data ?? {}));
  }
  const ask = (event, payload) =>
    promised(`the ack of ${event}`, (resolve) => socket.emit(event, payload, (...answers) => resolve(answers)));

  await log.first("connect");
  assert.equal((await ask("joinRoom", room))[0].success, true);
  const files = { buffer: Buffer.alloc(2_000, 1), bytes: new Uint8Array([1, 2, 3]).buffer, large: Buffer.alloc(40_000, 2) };
  for (const [name, file] of Object.entries(files)) {
    const refused = ask("sendMessage", { conversationId: room, senderId: "ann", content: "with a file", [name]: file });
    const stored = ask("sendMessage", { conversationId: room, senderId: "ann", content: "without one" });
    const [answer] = await refused;
    assert.equal(answer.code, "invalid_payload");
    assert.equal(answer.field, name);
    assert.equal((await stored)[0].success, true);
  }
  const [several] = await ask("sendMessage", { conversationId: room, senderId: "ann", content: "x", all: Object.values(files).slice(0, 2) });
  assert.equal(several.field, "all");
  await transportSettles(socket, log, transports);
  socket.emit("sendMessage", { conversationId: room, senderId: "ann", content: Buffer.from("no ack") });
  const { code, field } = await log.first("messageError");
  assert.deepEqual({ code, field }, { code: "invalid_payload", field: "content" });
  assert.equal((await ask("sendMessage", { conversationId: room, senderId: "ann", content: "last" }))[0].success, true);
  assert.deepEqual(log.all("disconnect"), []);
  assert.deepEqual(log.all("chatError"), []);
  assert.equal(log.all("messageError").length, 1);
});
