// Measures what a message costs in a room whose 3,000 rows are all kept, from its event to the snapshot.
import assert from "node:assert/strict";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer } from "./model-server.mjs";
import { World } from "./world.mjs";

const ROOM = "room";
const ROWS = 3_000;
const MESSAGES = 1_000;
const MOST_MILLISECONDS = 1;

const world = new World(1);
const server = new ModelServer(world);
server.isFaulty = false;
const socket = new ModelSocket(world, server, "alice");
const options = { url: "http://server/", io: () => socket, user: "alice", storage: inMemory(), keep: ROWS };
const chat = createChat(options, surroundingsOf(world, server, new ModelBrowser(world), "alice"));
const room = chat.room(ROOM);
let shown = 0;
room.subscribe(() => (shown = room.getSnapshot().messages.length));
await new Promise(setImmediate);
await world.run(world.now + 1_000);

/** Receives a message, and a change of an earlier one. */
function receive(seq) {
  const message = { id: `m${seq}`, seq, version: 0, conversationId: ROOM, content: "text", senderId: "carol" };
  socket.receive("receiveMessage", { conversationId: ROOM, message });
  const change = { messageId: `m${Math.max(1, seq - 100)}`, version: seq, reactions: {} };
  socket.receive("messageReactions", { conversationId: ROOM, ...change });
}

for (let seq = 1; seq <= ROWS; seq++) receive(seq);
assert.equal(shown, ROWS);
const begin = performance.now();
for (let i = 1; i <= MESSAGES; i++) receive(ROWS + i);
const each = (performance.now() - begin) / MESSAGES;
assert.equal(shown, ROWS);
assert.equal(room.getSnapshot().messages.at(-1).seq, ROWS + MESSAGES);
assert.ok(each < MOST_MILLISECONDS, `a message and a change cost ${each} ms`);
console.log(JSON.stringify({ client: "cost", event: "milliseconds", data: each }));
console.log(JSON.stringify({ client: "course", event: "finished" }));
