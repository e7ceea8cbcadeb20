// usage: node seed-client.mjs <url> <client-4|client-3> <default|websocket,polling|polling|websocket>
//
// A front end written for the Node server, with two users in one room and a third in another.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { ChatPage } from "./chat-page.mjs";
import { course, transportSettles } from "./harness.mjs";

const OBJECT_ID_BYTES = 12;
const LONGEST = "x".repeat(5_000);
const LONGEST_IN_PAIRS = "😀".repeat(2_500);
const FILE = { type: "file", fileUrl: "https://files.example.com/report.pdf", fileName: "report.pdf" };

const room = randomBytes(OBJECT_ID_BYTES).toString("hex");
const otherRoom = randomBytes(OBJECT_ID_BYTES).toString("hex");

await course(async (setup) => {
  const alice = new ChatPage(setup, "alice");
  const bob = new ChatPage(setup, "bob");
  const outsider = new ChatPage(setup, "outsider");

  await everybodyJoins(alice, bob, outsider);
  await messagesReachTheRoom(alice, bob);
  await typingReachesTheOthers(alice, bob);
  await refusalsReachTheSender(alice, bob);
  await leavingEndsTheMessages(alice, bob);
  await reconnectingBringsThemBack(alice, bob);
  await theOutsiderHeardNothing(alice, bob, outsider);
  await transportsSettled(setup.transports, alice, bob, outsider);
  await unmountingDisconnects(alice, bob, outsider);
});

async function everybodyJoins(alice, bob, outsider) {
  await outsider.openAndProve(otherRoom, "outsider is here");
  await bob.openAndProve(room, "bob is here");
  await alice.openAndProve(room, "alice is here");
  await bob.message("alice is here");
}

async function messagesReachTheRoom(alice, bob) {
  alice.send(room, "Hello!");
  const own = await alice.message("Hello!");
  assertMessage(own, { content: "Hello!", senderId: "alice", type: "text", conversationId: room });
  assert.deepEqual(await bob.message("Hello!"), own);
  assert.deepEqual(alice.messages.at(-1), own);

  alice.send(room, "The report", FILE);
  const file = await bob.message("The report");
  assertMessage(file, { content: "The report", senderId: "alice", conversationId: room, ...FILE });
  assert.deepEqual(await alice.message("The report"), file);
  assert.notEqual(file._id, own._id);
}

function assertMessage(message, expected) {
  for (const [field, value] of Object.entries(expected)) {
    assert.equal(message[field], value, field);
  }
  assert.equal(typeof message._id, "string");
  assert.notEqual(message._id, "");
  assert.equal(new Date(message.createdAt).toISOString(), message.createdAt);
}

async function typingReachesTheOthers(alice, bob) {
  bob.typing(room);
  assert.deepEqual(await alice.log.first("userTyping"), { conversationId: room, userId: "bob" });
  bob.stopTyping(room);
  assert.deepEqual(await alice.log.first("userStoppedTyping"), { conversationId: room, userId: "bob" });

  bob.send(room, "bob has typed");
  await Promise.all([bob.message("bob has typed"), alice.message("bob has typed")]);
  assert.deepEqual(bob.log.all("userTyping"), []);
  assert.deepEqual(bob.log.all("userStoppedTyping"), []);
  assert.equal(alice.log.all("userTyping").length, 1);
  assert.equal(alice.log.all("userStoppedTyping").length, 1);
}

async function refusalsReachTheSender(alice, bob) {
  const missing = "Missing required fields";
  const tooLong = "Message too long";
  await refused(alice, { conversationId: room, senderId: "alice", type: "text" }, missing);
  await refused(alice, { conversationId: room, senderId: "alice", content: "", type: "text" }, missing);
  await refused(alice, { conversationId: room, content: "from nobody", type: "text" }, missing);
  await refused(alice, { senderId: "alice", content: "to nowhere", type: "text" }, missing);
  await refused(alice, { conversationId: room, senderId: "alice", content: `${LONGEST}x`, type: "text" }, tooLong);
  await refused(alice, { conversationId: room, senderId: "alice", content: `${LONGEST_IN_PAIRS}x` }, tooLong);

  for (const content of [LONGEST, LONGEST_IN_PAIRS]) {
    alice.send(room, content);
    await Promise.all([alice.message(content), bob.message(content)]);
  }
  assert.equal(alice.log.all("messageError").length, 6);
  assert.deepEqual(bob.log.all("messageError"), []);
  assert.deepEqual(bob.contents(), [
    "bob is here",
    "alice is here",
    "Hello!",
    "The report",
    "bob has typed",
    LONGEST,
    LONGEST_IN_PAIRS,
  ]);
}

async function refused(page, data, error) {
  const before = page.alerts.length;
  page.socket.emit("sendMessage", data);
  await page.log.first("messageError", () => page.log.all("messageError").length > before);
  assert.deepEqual(page.alerts.slice(before), [`Failed to send message: ${error}`]);
}

async function leavingEndsTheMessages(alice, bob) {
  alice.open(null);
  alice.send(room, "alice has left");
  await bob.message("alice has left");
  bob.send(room, "while alice is away");
  await bob.message("while alice is away");

  // twice, as React's strict mode runs effects
  alice.open(room);
  await alice.openAndProve(room, "alice is back");
  await bob.message("alice is back");
  bob.send(room, "welcome back");
  await alice.message("welcome back");

  const { length } = alice.contents();
  assert.deepEqual(alice.contents().slice(length - 2), ["alice is back", "welcome back"]);
  assert.equal(alice.contents().includes("alice has left"), false);
  assert.equal(alice.contents().includes("while alice is away"), false);
}

async function reconnectingBringsThemBack(alice, bob) {
  const before = alice.log.all("connect").length;
  alice.socket.io.engine.close();
  await alice.log.first("disconnect");
  await alice.log.first("connect", () => alice.log.all("connect").length > before);

  await alice.openAndProve(room, "alice has reconnected");
  await bob.message("alice has reconnected");
  bob.send(room, "last words");
  await alice.message("last words");
}

async function theOutsiderHeardNothing(alice, bob, outsider) {
  outsider.send(otherRoom, "outsider was here");
  await outsider.message("outsider was here");

  assert.deepEqual(outsider.contents(), ["outsider is here", "outsider was here"]);
  assert.deepEqual(outsider.alerts, []);
  assert.deepEqual(outsider.log.all("userTyping"), []);
  assert.deepEqual(outsider.log.all("userStoppedTyping"), []);
  for (const page of [alice, bob]) {
    assert.deepEqual(new Set(page.contents()).size, page.contents().length, "nothing comes twice");
    assert.deepEqual(page.messages, page.log.all("receiveMessage").map(({ message }) => message));
  }
}

async function transportsSettled(transports, ...pages) {
  for (const page of pages) {
    await transportSettles(page.socket, page.log, transports);
    assert.deepEqual(page.log.all("connect_error"), []);
  }
}

async function unmountingDisconnects(alice, bob, outsider) {
  alice.unmount();
  await alice.log.first("disconnect", (reason) => reason === "io client disconnect");
  bob.send(room, "is anybody there");
  await bob.message("is anybody there");
  assert.equal(bob.log.all("disconnect").length, 0);
  assert.equal(outsider.log.all("disconnect").length, 0);
}
