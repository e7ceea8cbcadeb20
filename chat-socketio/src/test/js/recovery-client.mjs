// usage: node recovery-client.mjs <url> client-4 <default|websocket,polling|polling|websocket>
//
// A stock client, which knows nothing of positions, on a server with connection state recovery that takes
// "token-of-<user>" as the proof of being that user.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { AckSocket } from "./ack-socket.mjs";
import { course, transportSettles } from "./harness.mjs";

const rooms = [randomUUID(), randomUUID()];

await course(async (setup) => {
  const alice = new AckSocket(setup, "alice", { auth: { token: "token-of-alice" } });
  const bob = new AckSocket(setup, "bob", { auth: { token: "token-of-bob" }, reconnectionDelay: 200 });
  const texts = [];
  const edits = [];
  bob.socket.on("receiveMessage", ({ message }) => texts.push(message.content));
  bob.socket.on("messageEdited", ({ message }) => edits.push(message.content));
  for (const room of rooms) {
    await alice.ask("joinRoom", room);
    await bob.ask("joinRoom", room);
  }
  assert.equal(bob.socket.recovered, false);
  const id = bob.socket.id;
  const first = await say(alice, rooms[0], "first");
  await say(alice, rooms[1], "second");
  await until(() => texts.length === 2);

  await cut(bob);
  const edit = { conversationId: rooms[0], messageId: first.id, content: "first, edited" };
  await alice.ask("editMessage", edit);
  await say(alice, rooms[1], "third");
  await say(alice, rooms[0], "fourth");
  await connected(bob);
  assert.equal(bob.socket.recovered, true);
  assert.equal(bob.socket.id, id);
  await until(() => texts.length === 4);
  assert.deepEqual(new Set(texts), new Set(["first", "second", "third", "fourth"]));
  await until(() => edits.length === 1);
  assert.deepEqual(edits, ["first, edited"]);

  await say(alice, rooms[0], "live");
  await until(() => texts.length === 5);
  assert.equal(texts[4], "live");

  bob.socket.disconnect();
  bob.socket.connect();
  await connected(bob);
  assert.equal(bob.socket.recovered, false, "who goes on purpose begins anew");
  await transportSettles(bob.socket, bob.log, setup.transports);
});

/** Ends the connection below the client, which comes back by itself. */
function cut(user) {
  const gone = new Promise((resolve) => user.socket.once("disconnect", resolve));
  user.socket.io.engine.close();
  return gone;
}

async function connected(user) {
  if (!user.socket.connected) {
    await new Promise((resolve) => user.socket.once("connect", resolve));
  }
}

async function say(user, conversationId, content) {
  const { message } = await user.ask("sendMessage", { conversationId, content });
  return message;
}

async function until(condition) {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
