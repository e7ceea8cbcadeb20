// What a client keeps of rooms that were left.
import assert from "node:assert/strict";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer } from "./model-server.mjs";
import { World } from "./world.mjs";

const ROOMS = 30;
const KEPT = 20;
const SECOND = 1_000;

const world = new World(1);
const server = new ModelServer(world);
server.isFaulty = false;
const environment = surroundingsOf(world, server, new ModelBrowser(world), "alice");
const io = () => new ModelSocket(world, server, "alice");
const chat = createChat({ url: "http://server/", io, user: "alice", storage: inMemory() }, environment);
await new Promise(setImmediate);
await world.run(world.now + 5 * SECOND);

const ids = Array.from({ length: ROOMS }, (_, i) => `room ${i}`);
const rooms = ids.map((id) => chat.room(id));
const sizes = () => rooms.map((room) => room.getSnapshot().messages.length);
ids.forEach((id) => server.send(id, "carol", { content: "hello" }));

async function visit(room, work = () => {}) {
  const leave = room.subscribe(() => {});
  await world.run(world.now + 2 * SECOND);
  assert.equal(room.getSnapshot().status, "ready");
  await work();
  leave();
  await world.run(world.now + 2 * SECOND);
}

const stay = rooms[0].subscribe(() => {});
for (const room of rooms.slice(1)) await visit(room);
const kept = [1, ...Array(ROOMS - 1 - KEPT).fill(0), ...Array(KEPT).fill(1)];
assert.deepEqual(sizes(), kept, "rooms that are visible, or were left last, keep their messages");

// A room that was forgotten is the same object, and has everything again.
server.send(ids[1], "carol", { content: "later" });
assert.equal(chat.room(ids[1]), rooms[1]);
await visit(rooms[1], () => assert.equal(rooms[1].getSnapshot().messages.length, 2));
assert.deepEqual(sizes().slice(0, 12), [1, 2, ...Array(9).fill(0), 1], "another room was forgotten for it");

// A room that is left and entered again within the second, and one that is wanted again, are not forgotten.
const again = rooms[12].subscribe(() => {});
for (const room of rooms.slice(2, 12)) await visit(room);
assert.deepEqual([rooms[0], rooms[12]].map((room) => room.getSnapshot().messages.length), [1, 1]);
again();
stay();
chat.close();
console.log(JSON.stringify({ client: "course", event: "finished" }));
