// usage: node ack-client.mjs <url> <client-4|client-3> <default|websocket,polling|polling|websocket>
//
// A front end that asks for an ack with each event, on a server without an authenticator.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { AckSocket, assertHas, assertRefused, assertSucceeded, invalid, missing, refusal } from "./ack-socket.mjs";
import { course, transportSettles } from "./harness.mjs";

const HOSTILE = { $gt: "" };
const FILE = { type: "file", fileUrl: "https://files.example.com/report.pdf", fileName: "report.pdf" };
const UNKNOWN_EVENT = refusal("not_supported", "Not supported");

const room = randomUUID();
const otherRoom = randomUUID();
const pagedRoom = randomUUID();

await course(async (setup) => {
  const alice = new AckSocket(setup, "alice");
  const bob = new AckSocket(setup, "bob");
  const outsider = new AckSocket(setup, "outsider");
  const mallory = new AckSocket(setup, "mallory");

  const { epoch } = await everybodyJoins(alice, bob, outsider);
  await messagesReachTheRoom(alice, bob);
  await aRepeatIsAnsweredAndNotTold(alice, bob);
  await typingReachesTheOthers(alice, bob);
  await leavingEndsTheMessages(alice, bob);
  await historyComesInPages(alice, bob, epoch);

  await wrongRoomsAreRefused(mallory);
  await wrongMessagesAreRefused(mallory);
  await wrongPagesAreRefused(mallory);
  await unknownEventsAreRefused(mallory);
  await refusalsWithAnAckAreNoEvents(mallory);
  await refusalsWithoutAnAckAreEvents(mallory);
  await nothingRefusedWasStored(mallory, alice);

  await theOutsiderHeardNothing(outsider);
  for (const client of [alice, bob, outsider, mallory]) {
    await transportSettles(client.socket, client.log, setup.transports);
    client.assertOneAnswerEach();
    assert.deepEqual(client.log.all("disconnect"), []);
  }
});

async function everybodyJoins(alice, bob, outsider) {
  const start = { latestSeq: 0, version: 0 };
  assertSucceeded(await outsider.ask("joinRoom", otherRoom), { conversationId: otherRoom, ...start });
  const joined = await alice.ask("joinRoom", room);
  assertSucceeded(joined, { conversationId: room, ...start, online: 1 });
  assert.equal(typeof joined.epoch, "string");
  assert.notEqual(joined.epoch, "");
  assertSucceeded(await bob.ask("joinRoom", { conversationId: room, unknownField: true }), {
    conversationId: room,
    epoch: joined.epoch,
    online: 2,
  });
  assertSucceeded(await bob.ask("joinRoom", room), { online: 2 });
  return joined;
}

async function messagesReachTheRoom(alice, bob) {
  const text = await alice.send(room, "Hello!");
  assertSucceeded(text);
  assertMessage(text.message, { conversationId: room, seq: 1, senderId: "alice", type: "text", content: "Hello!" });
  assert.deepEqual(await alice.heard(text.message), text.message);
  assert.deepEqual(await bob.heard(text.message), text.message);
  assertAnsweredBeforeHeard(alice, text);

  const file = await alice.send(room, "", FILE);
  assertSucceeded(file);
  assertMessage(file.message, { conversationId: room, seq: 2, senderId: "alice", content: "", ...FILE });
  assert.deepEqual(await bob.heard(file.message), file.message);

  const defaults = await bob.ask("sendMessage", { conversationId: room, senderId: "bob", content: "no type" });
  assertSucceeded(defaults);
  assertMessage(defaults.message, { seq: 3, senderId: "bob", type: "text", content: "no type" });
  assert.deepEqual(await alice.heard(defaults.message), defaults.message);
}

function assertMessage(message, expected) {
  assertHas(message, { version: 0, _id: message.id, ...expected });
  assert.equal(typeof message.id, "string");
  assert.notEqual(message.id, "");
  assert.equal(new Date(message.createdAt).toISOString(), message.createdAt);
}

function assertAnsweredBeforeHeard(client, { message }) {
  const answered = client.log.place("ack", ({ answers: [answer] }) => answer?.message?.id === message.id);
  const heard = client.log.place("receiveMessage", (received) => received.message.id === message.id);
  assert.ok(answered < heard, "the ack comes before the echo");
}

async function aRepeatIsAnsweredAndNotTold(alice, bob) {
  const clientMessageId = randomUUID();
  const first = await alice.send(room, "once", { clientMessageId });
  assertSucceeded(first);
  assertMessage(first.message, { seq: 4, clientMessageId });
  assert.ok(!first.duplicate);

  const repeat = await alice.send(room, "once", { clientMessageId });
  assertSucceeded(repeat, { message: first.message, duplicate: true });
  const otherContent = await alice.send(room, "twice", { clientMessageId });
  assertSucceeded(otherContent, { message: first.message, duplicate: true });

  const sameKeyOfBob = await bob.send(room, "bob's own", { clientMessageId });
  assertSucceeded(sameKeyOfBob);
  assertMessage(sameKeyOfBob.message, { seq: 5, senderId: "bob", clientMessageId });
  assert.ok(!sameKeyOfBob.duplicate);

  for (const client of [alice, bob]) {
    await client.heard(sameKeyOfBob.message);
    assert.deepEqual(client.contents(), ["Hello!", "", "no type", "once", "bob's own"]);
  }
}

async function typingReachesTheOthers(alice, bob) {
  assertSucceeded(await bob.ask("typing", { conversationId: room, userId: "bob" }), { expiresInMs: 6_000 });
  assertHas(await alice.log.first("userTyping"), { conversationId: room, userId: "bob" });
  assertSucceeded(await bob.ask("stopTyping", { conversationId: room, userId: "bob" }));
  assertHas(await alice.log.first("userStoppedTyping"), { conversationId: room, userId: "bob" });

  const { message } = await bob.send(room, "bob has typed");
  await Promise.all([alice.heard(message), bob.heard(message)]);
  assert.deepEqual(bob.log.all("userTyping"), []);
  assert.deepEqual(bob.log.all("userStoppedTyping"), []);
  assert.equal(alice.log.all("userTyping").length, 1);
  assert.equal(alice.log.all("userStoppedTyping").length, 1);
}

async function leavingEndsTheMessages(alice, bob) {
  assertSucceeded(await alice.ask("leaveRoom", room), { conversationId: room });
  assertSucceeded(await alice.ask("leaveRoom", { conversationId: room }), { conversationId: room });
  const away = await bob.send(room, "while alice is away");
  await bob.heard(away.message);

  assertSucceeded(await alice.ask("joinRoom", room), { latestSeq: 7, online: 2 });
  const back = await bob.send(room, "welcome back");
  await alice.heard(back.message);
  assert.deepEqual(alice.contents().slice(-2), ["bob has typed", "welcome back"]);
}

async function historyComesInPages(alice, bob, epoch) {
  for (const sender of [alice, bob, alice, bob, alice, bob, alice]) {
    assertSucceeded(await sender.send(pagedRoom, `from ${sender.userId}`));
  }
  const page = (range) => alice.ask("getMessages", { conversationId: pagedRoom, limit: 3, ...range });
  assertPage(await page({}), [5, 6, 7], true, epoch);
  assertPage(await page({ before: 5 }), [2, 3, 4], true, epoch);
  assertPage(await page({ before: 4 }), [1, 2, 3], false, epoch);
  assertPage(await page({ before: 2 }), [1], false, epoch);
  assertPage(await page({ after: 2 }), [3, 4, 5], true, epoch);
  assertPage(await page({ after: 4 }), [5, 6, 7], false, epoch);
  assertPage(await page({ after: 5 }), [6, 7], false, epoch);
  assertPage(await page({ after: 7 }), [], false, epoch);
  assertPage(await page({ around: 4 }), [3, 4, 5], true, epoch);
  assertPage(await alice.ask("getMessages", { conversationId: pagedRoom }), [1, 2, 3, 4, 5, 6, 7], false, epoch);
  assert.equal(alice.contents().includes("from bob"), false, "reading is not joining");
}

function assertPage(answer, seqs, hasMore, epoch) {
  assertSucceeded(answer, { hasMore, latestSeq: 7, version: 0, epoch });
  assert.deepEqual(
    answer.messages.map(({ seq }) => seq),
    seqs,
  );
  answer.messages.forEach((message) => assertMessage(message, { conversationId: pagedRoom }));
}

async function wrongRoomsAreRefused(mallory) {
  for (const event of ["joinRoom", "leaveRoom"]) {
    assertRefused(await mallory.ask(event), missing("conversationId"));
    assertRefused(await mallory.ask(event, null), missing("conversationId"));
    assertRefused(await mallory.ask(event, ""), missing("conversationId"));
    assertRefused(await mallory.ask(event, HOSTILE), missing("conversationId"));
    assertRefused(await mallory.ask(event, { conversationId: HOSTILE }), invalid("conversationId"));
    assertRefused(await mallory.ask(event, { conversationId: [room] }), invalid("conversationId"));
    assertRefused(await mallory.ask(event, " a room that begins with a space"), invalid("conversationId"));
    assertRefused(await mallory.ask(event, "r".repeat(129)), invalid("conversationId"));
    assertRefused(await mallory.ask(event, 42), invalid("payload"));
    assertRefused(await mallory.ask(event, true), invalid("payload"));
    assertRefused(await mallory.ask(event, [room]), invalid("payload"));
  }
}

async function wrongMessagesAreRefused(mallory) {
  assertRefused(await mallory.ask("sendMessage"), missing("conversationId"));
  assertRefused(await mallory.ask("sendMessage", null), missing("conversationId"));
  assertRefused(await mallory.ask("sendMessage", 42), invalid("payload"));
  assertRefused(await mallory.ask("sendMessage", [room]), invalid("payload"));

  const wrong = async (fields, expected) => assertRefused(await mallory.send(room, "refused", fields), expected);
  await wrong({ conversationId: HOSTILE }, invalid("conversationId"));
  await wrong({ conversationId: 42 }, invalid("conversationId"));
  await wrong({ senderId: HOSTILE }, invalid("senderId"));
  await wrong({ senderId: undefined }, missing("senderId"));
  await wrong({ content: ["refused"] }, invalid("content"));
  await wrong({ content: 42 }, invalid("content"));
  await wrong({ content: null }, missing("content"));
  await wrong({ content: "", fileUrl: FILE.fileUrl }, missing("content"));
  await wrong({ content: "x".repeat(5_001) }, refusal("message_too_long", "Message too long"));
  await wrong({ type: "nonsense" }, invalid("type"));
  await wrong({ type: HOSTILE }, invalid("type"));
  await wrong({ ...FILE, fileUrl: 42 }, invalid("fileUrl"));
  await wrong({ ...FILE, fileUrl: "javascript:alert(1)" }, invalid("fileUrl"));
  await wrong({ clientMessageId: HOSTILE }, invalid("clientMessageId"));
  await wrong({ clientMessageId: "k".repeat(65) }, invalid("clientMessageId"));

  assertRefused(await mallory.ask("typing", null), missing("conversationId"));
  assertRefused(await mallory.ask("typing", { conversationId: HOSTILE, userId: "mallory" }), invalid("conversationId"));
  assertRefused(await mallory.ask("stopTyping", { conversationId: room, userId: ["mallory"] }), invalid("userId"));
}

async function wrongPagesAreRefused(mallory) {
  const wrong = async (range, expected) =>
    assertRefused(await mallory.ask("getMessages", { conversationId: room, ...range }), expected);
  await wrong({ conversationId: HOSTILE }, invalid("conversationId"));
  await wrong({ limit: "10" }, invalid("limit"));
  await wrong({ before: HOSTILE }, invalid("before"));
  await wrong({ after: 1.5 }, invalid("after"));
  await wrong({ before: 1, after: 1 }, { ...invalid("before"), code: "invalid_cursor" });
}

async function unknownEventsAreRefused(mallory) {
  assertRefused(await mallory.ask("noSuchEvent", { conversationId: room }), UNKNOWN_EVENT);
  assertRefused(await mallory.ask("noSuchEvent"), UNKNOWN_EVENT);
  assertRefused(await mallory.ask("constructor", null), UNKNOWN_EVENT);
  assertRefused(await mallory.ask("receiveMessage", { conversationId: room, message: {} }), UNKNOWN_EVENT);
}

async function refusalsWithAnAckAreNoEvents(mallory) {
  assertSucceeded(await mallory.ask("leaveRoom", room));
  assert.deepEqual(mallory.log.all("messageError"), []);
  assert.deepEqual(mallory.log.all("chatError"), []);
}

async function refusalsWithoutAnAckAreEvents(mallory) {
  mallory.socket.emit("sendMessage", { conversationId: room, senderId: "mallory", clientMessageId: "key" });
  const { error, code, retryable } = missing("content");
  assertHas(await mallory.log.first("messageError"), { error, code, retryable, clientMessageId: "key" });

  mallory.socket.emit("joinRoom", HOSTILE);
  assertHas(await mallory.log.first("chatError"), { event: "joinRoom", error, code, retryable });
  mallory.socket.emit("noSuchEvent");
  assertHas(await mallory.log.first("chatError", ({ event }) => event === "noSuchEvent"), UNKNOWN_EVENT);

  assertSucceeded(await mallory.ask("leaveRoom", room));
  assert.equal(mallory.log.all("messageError").length, 1);
  assert.equal(mallory.log.all("chatError").length, 2);
}

async function nothingRefusedWasStored(mallory, alice) {
  const { messages, latestSeq } = await alice.ask("getMessages", { conversationId: room });
  assert.equal(latestSeq, 8);
  assert.deepEqual(
    messages.map(({ seq }) => seq),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.deepEqual(messages.filter(({ senderId }) => senderId === "mallory"), []);
  assert.deepEqual(mallory.log.all("receiveMessage"), []);
}

async function theOutsiderHeardNothing(outsider) {
  const { message } = await outsider.send(otherRoom, "outsider was here");
  await outsider.heard(message);
  assert.deepEqual(outsider.contents(), ["outsider was here"]);
  assert.deepEqual(outsider.log.all("userTyping"), []);
  assert.deepEqual(outsider.log.all("userStoppedTyping"), []);
}
