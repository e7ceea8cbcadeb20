// usage: node auth-client.mjs <url> <client-4|client-3> <default|websocket,polling|polling|websocket>
//
// Clients of a server that takes "token-of-<user>" as the proof of being that user.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { AckSocket, assertHas, assertRefused, assertSucceeded, refusal } from "./ack-socket.mjs";
import { course } from "./harness.mjs";

const FORBIDDEN = refusal("forbidden", "Not allowed");

const room = randomUUID();

await course(async (setup) => {
  const alice = new AckSocket(setup, "alice", { auth: { token: "token-of-alice" } });
  const bob = new AckSocket(setup, "bob", { auth: (give) => give({ token: "token-of-bob" }) });
  await theRightTokenSaysWhoItIs(alice, bob);

  await isTurnedAway(setup, "nobody", {});
  await isTurnedAway(setup, "empty-token", { auth: { token: "" } });
  await isTurnedAway(setup, "wrong-token", { auth: { token: "nonsense" } });
  await isTurnedAway(setup, "hostile-token", { auth: { token: { $gt: "" } } });

  await nobodySpeaksForSomebodyElse(alice, bob);
  for (const client of [alice, bob]) {
    client.assertOneAnswerEach();
    assert.deepEqual(client.log.all("connect_error"), []);
    assert.deepEqual(client.log.all("disconnect"), []);
  }
});

async function theRightTokenSaysWhoItIs(alice, bob) {
  assertSucceeded(await alice.ask("joinRoom", room));
  assertSucceeded(await bob.ask("joinRoom", room));
  const unnamed = await alice.ask("sendMessage", { conversationId: room, content: "It is me" });
  assertSucceeded(unnamed);
  assertHas(await bob.heard(unnamed.message), { senderId: "alice", content: "It is me" });
  const named = await alice.send(room, "It is still me");
  assertSucceeded(named);
  assertHas(await bob.heard(named.message), { senderId: "alice", content: "It is still me" });
  assertSucceeded(await bob.ask("typing", { conversationId: room }));
  assertHas(await alice.log.first("userTyping"), { conversationId: room, userId: "bob" });
}

async function isTurnedAway(setup, name, options) {
  const client = new AckSocket(setup, name, options);
  client.socket.emit("joinRoom", room);
  const { message, data } = await client.log.first("connect_error");
  assert.equal(message, "Authentication error");
  assertHas(data, { code: "unauthenticated", retryable: false });
  assert.equal(client.socket.connected, false);
  assert.deepEqual(client.log.all("transport"), [], "it was never connected");
  client.socket.disconnect();
}

async function nobodySpeaksForSomebodyElse(alice, bob) {
  assertRefused(await bob.send(room, "I am alice", { senderId: "alice" }), FORBIDDEN);
  assertRefused(await bob.ask("typing", { conversationId: room, userId: "alice" }), FORBIDDEN);
  assertRefused(await bob.ask("stopTyping", { conversationId: room, userId: "alice" }), FORBIDDEN);
  bob.socket.emit("sendMessage", { conversationId: room, senderId: "alice", content: "I am alice" });
  assertHas(await bob.log.first("messageError"), FORBIDDEN);
  assert.equal(bob.log.all("messageError").length, 1);

  const { message } = await alice.send(room, "I am alice");
  await Promise.all([alice.heard(message), bob.heard(message)]);
  assert.deepEqual(bob.contents(), ["It is me", "It is still me", "I am alice"]);
  assert.deepEqual(alice.contents(), bob.contents());
  assert.equal(bob.log.all("userTyping").length, 0);
}
