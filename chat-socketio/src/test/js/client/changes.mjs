// What changes in messages besides their content: pins, annotations, and their end.
import assert from "node:assert/strict";
import { ROOM, openRoom } from "./opened.mjs";

const DAY = 86_400;
const idsOf = (messages) => messages.map(({ id }) => id);

/** Opens a room with messages, of which the second is pinned. */
async function openPinned(messages, more) {
  const opened = await openRoom({ messages, ...more });
  const { room, server, tell, run } = opened;
  const { messages: all, changes } = server.room(ROOM);
  /** Pins a message at the server. */
  const pin = (id, day) => {
    const at = all.findIndex((one) => one.id === id);
    const { pinned, ...message } = all[at];
    const after = day && { pinned: { by: "carol", at: `2026-01-0${day}T00:00:00.000Z` } };
    const version = changes.length + 1;
    changes.push({ version, seq: message.seq });
    all[at] = { ...message, version, ...after };
    return { conversationId: ROOM, messageId: id, version, ...after };
  };
  const tellPin = async (id, day) => {
    tell("messagePinned", pin(id, day));
    await run(1);
  };
  const pins = () => idsOf(room.getSnapshot().pins);
  return { ...opened, pin, tellPin, pins };
}

async function pinsAreListedAndRemainCurrent() {
  const { room, tell, run, requested, tellPin, pins } = await openPinned(60);
  await tellPin("m2", 1);
  assert.deepEqual(pins(), [], "the message is not kept, and nobody asked for those that are pinned");
  room.loadDetails();
  await run(2);
  assert.deepEqual([pins(), requested("getPins").length], [["m2"], 1]);
  await tellPin("m60", 2);
  assert.deepEqual(pins(), ["m60", "m2"]);
  await tellPin("m3", 3);
  assert.deepEqual(pins(), ["m3", "m60", "m2"], "a message that is not kept is loaded");
  assert.deepEqual([requested("getMessage").length, requested("getPins").length], [1, 1]);
  await tellPin("m60");
  await tellPin("m2");
  assert.deepEqual(pins(), ["m3"]);
  assert.equal("pinned" in room.getSnapshot().messages.at(-1), false);
  tell("messageDeleted", { conversationId: ROOM, messageId: "m3", version: 6, deletedAt: "", deletedBy: "carol" });
  await run(1);
  assert.deepEqual(pins(), []);
}

async function pinsOutlastTheirRowsAndTheQuotes() {
  const { room, server, run, tellPin, pins } = await openPinned(250, { keep: 100 });
  room.loadDetails();
  await run(2);
  await tellPin("m249", 1);
  for (let i = 1; i <= 120; i++) server.send(ROOM, "carol", { content: `more ${i}` });
  await run(5);
  assert.equal(idsOf(room.getSnapshot().messages).includes("m249"), false);
  assert.deepEqual(pins(), ["m249"], "the row was dropped");
  for (let i = 1; i <= 160; i++) void room.loadMessage(`m${i}`);
  await run(5);
  assert.equal(room.getSnapshot().apart.length, 150);
  assert.deepEqual(pins(), ["m249"], "the oldest messages of those that are kept apart were dropped");
}

async function pinsThatWereMissedAreLoaded() {
  const { room, server, tell, run, pin, pins } = await openPinned(120);
  room.loadDetails();
  await run(2);
  pin("m3", 1);
  tell("syncRequired", { conversationId: ROOM, reason: "slow_client" });
  await run(5);
  assert.deepEqual(pins(), ["m3"], "after lost events");
  server.cutAll();
  pin("m4", 2);
  await run(10);
  assert.deepEqual(pins(), ["m4", "m3"], "after an absence");
}

async function annotationsAreAddedAndRemoved() {
  const { room, tell, run } = await openRoom({ messages: 1 });
  let version = 0;
  const annotate = async (key, value) => {
    tell("messageAnnotated", { conversationId: ROOM, messageId: "m1", version: ++version, key, ...(value && { value }) });
    await run(1);
    return room.getSnapshot().messages[0].annotations;
  };
  assert.deepEqual(await annotate("preview", { title: "A" }), { preview: { title: "A" } });
  assert.deepEqual(await annotate("label", { spam: true }), { preview: { title: "A" }, label: { spam: true } });
  assert.deepEqual(await annotate("label", { spam: false }), { preview: { title: "A" }, label: { spam: false } });
  assert.deepEqual(await annotate("preview"), { label: { spam: false } });
  assert.equal(await annotate("label"), undefined);
}

async function messagesEndWhenTheyExpire() {
  const { chat, room, server, world, run } = await openRoom({ messages: 3 });
  chat.inbox.subscribe(() => {});
  const shown = () => room.getSnapshot().messages.map(({ content }) => content).slice(3);
  const send = (content, seconds) => {
    const expiresAt = new Date(world.now + seconds * 1_000).toISOString();
    return server.send(ROOM, "carol", { content }, { expiresAt }).message;
  };
  send("a minute", 60);
  const half = send("half a minute", 30);
  send("a month", 30 * DAY);
  await run(1);
  assert.deepEqual(shown(), ["a minute", "half a minute", "a month"]);
  void room.loadMessage(half.id);
  await run(27);
  assert.equal(shown().length, 3);
  await run(3);
  assert.deepEqual(shown(), ["a minute", "a month"], "without an event");
  assert.deepEqual(room.getSnapshot().apart, []);
  await run(30);
  assert.deepEqual(shown(), ["a month"]);
  await run(29 * DAY);
  assert.deepEqual(shown(), ["a month"]);
  await run(DAY);
  assert.deepEqual(shown(), [], "also later than a timer can wait");
  server.send(ROOM, "carol", { content: "next" });
  await run(2);
  assert.deepEqual([shown(), room.getSnapshot().latestSeq], [["next"], 7]);
}

async function timesAreThoseOfTheServer() {
  const ahead = 3_600_000;
  const { room, server, world, run } = await openRoom();
  server.ahead = ahead;
  server.cutAll();
  await run(5);
  server.send(ROOM, "carol", { content: "over" }, { expiresAt: new Date(world.now + ahead + 20_000).toISOString() });
  await run(15);
  assert.equal(room.getSnapshot().messages.length, 1);
  await run(10);
  assert.equal(room.getSnapshot().messages.length, 0);
}

async function previewsEndWithTheirMessages() {
  const expiresAt = new Date(1_000_000 + 30_000).toISOString();
  const conversation = { conversationId: "other", kind: "group", version: 0, latestSeq: 1, readSeq: 0, unread: 1 };
  const lastMessage = { id: "m1", seq: 1, version: 0, senderId: "bob", content: "soon over", createdAt: "", expiresAt, deleted: false };
  const getConversations = () => ({ success: true, conversations: [{ ...conversation, lastMessage }] });
  const { chat, run, world } = await openRoom({ answers: { getConversations } });
  assert.ok(world.now < 1_020_000);
  chat.inbox.subscribe(() => {});
  await run(2);
  const preview = () => chat.inbox.getSnapshot().conversations[0].lastMessage;
  assert.deepEqual([preview().content, preview().deleted], ["soon over", false]);
  await run(60);
  assert.deepEqual([preview().content, preview().deleted], ["", true]);
}

await pinsAreListedAndRemainCurrent();
await pinsOutlastTheirRowsAndTheQuotes();
await pinsThatWereMissedAreLoaded();
await annotationsAreAddedAndRemoved();
await messagesEndWhenTheyExpire();
await timesAreThoseOfTheServer();
await previewsEndWithTheirMessages();
console.log(JSON.stringify({ client: "course", event: "finished" }));
