// Plays each error code of the contract as the answer to a message, to a join and to a connection. What the client does
// follows from the contract: a retryable failure is repeated, any other one is shown with its code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer, failure } from "./model-server.mjs";
import { World } from "./world.mjs";

const ROOM = "room";
const LONG_ENOUGH = 120_000;

const contract = new URL("../../../main/resources/io/roomcast/chat/socketio/contract/chat-events.d.ts", import.meta.url);
const [described] = readFileSync(contract, "utf8").split("interface ErrorCodes {")[1].split("\n}");
const codes = [...described.matchAll(/^ {2}(\w+): \{.*retryable: (true|false)/gm)].map(([, code, retryable]) => ({
  code,
  retryable: retryable === "true",
}));
const named = readFileSync(contract, "utf8").split("export type ErrorCode =")[1].split(";")[0];
assert.deepEqual(codes.map(({ code }) => code), [...named.matchAll(/"(\w+)"/g)].map(([, code]) => code));

/** A user whose server fails the first requests of an event, or the first connections. */
async function enter({ event, times = 1, refuse = 0, code, retryable }) {
  const world = new World(1);
  const server = new ModelServer(world);
  server.isFaulty = false;
  const answer = server.answer.bind(server);
  server.answer = (link, name, payload) => (name === event && times-- > 0 ? failure(code, retryable) : answer(link, name, payload));
  const socket = new RefusingSocket(world, server, "alice");
  socket.refuse = refuse;
  socket.error = Object.assign(new Error(code), { data: { code, retryable } });
  let tokens = 0;
  const options = { url: "http://server/", io: () => socket, token: () => `token-${tokens++}`, user: "alice", storage: inMemory() };
  const chat = createChat(options, surroundingsOf(world, server, new ModelBrowser(world), "alice"));
  const room = chat.room(ROOM);
  room.subscribe(() => {});
  await new Promise(setImmediate);
  return { world, server, chat, room };
}

class RefusingSocket extends ModelSocket {
  connect() {
    if (this.refuse-- <= 0) return super.connect();
    this.world.after(20, () => this.receive("connect_error", this.error));
  }
}

/** The codes whose failure the client ends by itself, although the same request would fail again. */
const JOINS_ANEW = ["position_lost"];
const ASKS_FOR_A_TOKEN = ["unauthenticated", "token_expired"];
/** A message that is refused so often by a fault of the server does not hold back the others. */
const FAULTS = { internal_error: 5 };

for (const { code, retryable } of codes) {
  await sends(code, retryable);
  await joins(code, retryable);
  await connects(code, retryable);
}

async function sends(code, retryable) {
  const { world, server, chat, room } = await enter({ event: "sendMessage", code, retryable });
  await world.run(world.now + 1_000);
  const { clientMessageId } = room.send("text");
  await world.run(world.now + LONG_ENOUGH);
  const [row] = room.getSnapshot().messages;
  if (retryable) assert.deepEqual([row.status, row.clientMessageId, chat.getSnapshot().unsent], [undefined, clientMessageId, 0], code);
  else assert.deepEqual([row.status, row.failure.code], ["failed", code]);
  assert.equal(server.room(ROOM).messages.length, retryable ? 1 : 0);

  const stubborn = await enter({ event: "sendMessage", times: FAULTS[code] ?? 1, code, retryable });
  await stubborn.world.run(stubborn.world.now + 1_000);
  ["first", "second"].forEach(stubborn.room.send);
  await stubborn.world.run(stubborn.world.now + LONG_ENOUGH);
  const failed = stubborn.room.getSnapshot().messages.filter(({ status }) => status === "failed");
  assert.deepEqual(failed.map(({ content }) => content), retryable && !(code in FAULTS) ? [] : ["first"], code);
}

async function joins(code, retryable) {
  const { world, room } = await enter({ event: "joinRoom", code, retryable });
  await world.run(world.now + LONG_ENOUGH);
  const { status, failure: shown } = room.getSnapshot();
  const isReady = retryable || JOINS_ANEW.includes(code);
  assert.deepEqual([status, shown?.code], isReady ? ["ready", undefined] : ["closed", code]);
}

async function connects(code, retryable) {
  const outcome = async (refuse) => {
    const { world, chat } = await enter({ refuse, code, retryable });
    await world.run(world.now + LONG_ENOUGH);
    const { status, reason } = chat.getSnapshot();
    return [status, reason];
  };
  const isRepeated = retryable || ASKS_FOR_A_TOKEN.includes(code);
  assert.deepEqual(await outcome(1), isRepeated ? ["online", undefined] : ["refused", code]);
  assert.deepEqual(await outcome(2), retryable && !ASKS_FOR_A_TOKEN.includes(code) ? ["online", undefined] : ["refused", code]);
}

console.log(JSON.stringify({ client: "course", event: "finished" }));
