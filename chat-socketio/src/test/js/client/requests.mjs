// Counts the requests of a client that would not learn more from further ones.
import assert from "node:assert/strict";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer, failure } from "./model-server.mjs";
import { World } from "./world.mjs";

const SECOND = 1_000;

/** Opens a room and the inbox, and returns how often each request was sent in the work. */
async function requestsDuring(work, answers = {}) {
  const world = new World(1);
  const server = new ModelServer(world);
  server.isFaulty = false;
  const sent = {};
  const { answer } = server;
  server.answer = (link, event, payload) => {
    sent[event] = (sent[event] ?? 0) + 1;
    return answers[event] ?? answer.call(server, link, event, payload);
  };
  const environment = surroundingsOf(world, server, new ModelBrowser(world), "alice");
  const io = () => new ModelSocket(world, server, "alice");
  const chat = createChat({ url: "http://server/", io, user: "alice", storage: inMemory() }, environment);
  chat.inbox.subscribe(() => {});
  chat.room("room").subscribe(() => {});
  await new Promise(setImmediate);
  await world.run(world.now + 5 * SECOND);
  assert.equal(chat.room("room").getSnapshot().status, "ready");
  Object.keys(sent).forEach((event) => delete sent[event]);
  await work(world, server, chat);
  chat.close();
  return sent;
}

async function messages(world, server) {
  for (let i = 0; i < 10; i++) {
    server.send("room", "carol", { content: `${i}` });
    await world.run(world.now + SECOND);
  }
}

// A room that is not in the list: the list is loaded once more, to find out, and no more if it is refused.
assert.equal((await requestsDuring(messages)).getConversations, 1);
assert.equal((await requestsDuring(messages, { getConversations: failure("not_supported", false) })).getConversations, 1);

// A message after which the server knows of none before: asked again after a while, not as fast as possible.
const { syncRoom } = await requestsDuring(async (world, server) => {
  const message = { id: "odd", conversationId: "room", seq: 1_000, version: 0, senderId: "carol", content: "" };
  server.links.forEach((link) => link.tell("receiveMessage", { conversationId: "room", message }));
  await world.run(world.now + 10 * SECOND);
});
assert.ok(syncRoom > 1 && syncRoom <= 11, `${syncRoom} requests`);

// A refusal with a time: events do not shorten it.
const refusal = { ...failure("rate_limited", true), retryAfterMs: 4 * SECOND };
const { getReceipts } = await requestsDuring(messages, { getReceipts: refusal });
assert.ok(getReceipts > 1 && getReceipts <= 4, `${getReceipts} requests`);
console.log(JSON.stringify({ client: "course", event: "finished" }));
