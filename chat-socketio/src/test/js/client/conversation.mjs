// What a front end asks of a conversation besides its newest messages.
import assert from "node:assert/strict";
import { failure } from "./model-server.mjs";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ROOM, openRoom } from "./opened.mjs";

const seqs = ({ messages }) => messages.map(({ seq }) => seq);
const contentOf = ({ apart }, id) => apart.find((message) => message.id === id)?.content;

await quotesAreLoadedAndRemainCurrent();
await windowMovesToAMessage();
await membersAreLoadedAndRemainCurrent();
await membersInTheConversationAreNotRequested();
await membersThatChangeDuringTheRequestAreReadAgain();
await refusedDetailsAreAbsent();
await rolesChangeWhatTheUserMayDo();
await largeRoomsHaveNumbersAlone();
await unreadCountsBringTheNewestMessage();
await roomThatWasClosedIsTriedAgainOnTheNextConnection();
await eventsOfOnesOwnAreRequestsAndListeners();
await receiptsEndWithTheirEpoch();
await receiptsNeedAuthentication();
await messagesThatArrivedBeforeTheOutboxAreShownOnce();
console.log(JSON.stringify({ client: "course", event: "finished" }));

async function quotesAreLoadedAndRemainCurrent() {
  const { room, server, run, requested } = await openRoom({ messages: 60 });
  const [quoted] = server.room(ROOM).messages;
  assert.equal(seqs(room.getSnapshot()).includes(1), false);
  const answers = [room.loadMessage(quoted.id), room.loadMessage(quoted.id)];
  await run(1);
  assert.deepEqual((await Promise.all(answers)).map(({ success }) => success), [true, true]);
  assert.equal(requested("getMessage").length, 1, "one request for two callers");
  assert.equal(contentOf(room.getSnapshot(), quoted.id), "text 1");

  server.change(server.room(ROOM), "edit", quoted);
  await run(1);
  assert.equal(contentOf(room.getSnapshot(), quoted.id), "edited 1");
  server.cutAll();
  server.change(server.room(ROOM), "delete", server.room(ROOM).messages[0]);
  await run(5);
  assert.equal(contentOf(room.getSnapshot(), quoted.id), "", "what changed without a connection is known too");

  const missing = room.loadMessage("none");
  await run(1);
  assert.equal((await missing).code, "message_not_found");
  for (let seq = 1; seq <= 55; seq++) void room.loadMessage(`m${seq}`);
  await run(1);
  assert.equal(room.getSnapshot().apart.length, 55);
}

async function windowMovesToAMessage() {
  const { room, server, run, requested } = await openRoom({ messages: 60 });
  assert.equal((await room.goTo("m60")).success, true);
  assert.equal(requested("getMessages").length, 1, "what is shown is not requested");

  const answer = room.goTo("m20");
  server.change(server.room(ROOM), "edit", server.room(ROOM).messages[20]);
  await run(1);
  assert.equal((await answer).success, true);
  const { hasOlder, hasNewer, messages } = room.getSnapshot();
  assert.deepEqual([seqs({ messages }).includes(20), hasOlder, hasNewer], [true, true, true]);
  assert.equal(messages.find(({ id }) => id === "m21").content, "edited 1");

  server.send(ROOM, "carol", { content: "new" });
  await run(1);
  assert.equal(seqs(room.getSnapshot()).includes(61), false, "new messages do not follow the others");
  for (let i = 0; i < 10 && room.getSnapshot().hasNewer; i++) {
    void room.loadNewer();
    await run(1);
  }
  const shown = seqs(room.getSnapshot());
  assert.deepEqual(shown, Array.from({ length: shown.length }, (_, i) => 61 - shown.length + 1 + i), "no gap to the end");
  const missing = room.goTo("none");
  await run(1);
  assert.equal((await missing).code, "message_not_found");
  assert.deepEqual(seqs(room.getSnapshot()), shown, "a refusal changes nothing");
}

async function membersAreLoadedAndRemainCurrent() {
  const { room, server, run, tell, requested, forget } = await openRoom();
  server.room(ROOM).members = Array.from({ length: 250 }, (_, i) => ({ userId: `user-${i}`, role: "member", joinedAt: "" }));
  server.room(ROOM).title = "Team";
  const details = () => room.getSnapshot().details;
  const names = () => details().members?.map(({ userId }) => userId);
  assert.deepEqual(details(), {});
  room.loadDetails();
  room.loadDetails();
  await run(2);
  assert.equal(details().conversation.title, "Team");
  assert.equal(names().length, 250);
  assert.equal(requested("getMembers").length, 3, "pages of 100");

  const before = details();
  server.send(ROOM, "carol", { content: "text" });
  await run(1);
  assert.equal(details(), before, "a message does not change the details");

  const dave = { userId: "dave", role: "member", joinedAt: "" };
  tell("memberRemoved", { conversationId: ROOM, userId: "user-0" });
  tell("conversationUpdated", { conversationId: ROOM, conversation: { conversationId: ROOM, title: "Crew" } });
  tell("conversationUpdated", { conversationId: ROOM });
  await run(1);
  assert.deepEqual([names().length, names()[0], details().conversation.title], [249, "user-1", "Crew"]);
  tell("memberAdded", { conversationId: ROOM, userId: "erin", conversation: { conversationId: ROOM, title: "Crew", updatedAt: "now" } });
  await run(1);
  assert.deepEqual([names().length, details().members.at(-1)], [250, { userId: "erin", role: "member", joinedAt: "now" }]);
  tell("memberAdded", { conversationId: ROOM, userId: "dave", conversation: { conversationId: ROOM, title: "Crew", members: [dave] } });
  await run(1);
  assert.deepEqual(names(), ["dave"], "an event that names all members");

  forget();
  server.room(ROOM).members = [dave];
  server.cutAll();
  await run(5);
  assert.deepEqual(names(), ["dave"], "what changed without a connection is known too");
  assert.equal(requested("getMembers").length, 1);
}

async function membersInTheConversationAreNotRequested() {
  const members = [{ userId: "dave", role: "owner", joinedAt: "" }];
  const conversation = { conversationId: ROOM, kind: "direct", members };
  const { room, run, requested } = await openRoom({ answers: { getConversation: () => ({ success: true, conversation }) } });
  room.loadDetails();
  await run(1);
  assert.deepEqual(room.getSnapshot().details.members, members);
  assert.equal(requested("getMembers").length, 0);
}

async function membersThatChangeDuringTheRequestAreReadAgain() {
  let other;
  const answers = {
    // The event overtakes the page.
    getMembers: () => other?.(),
  };
  const { room, server, run, tell } = await openRoom({ answers });
  server.room(ROOM).members = [{ userId: "dave", role: "member", joinedAt: "" }];
  other = () => {
    other = undefined;
    tell("memberAdded", { conversationId: ROOM, userId: "erin", conversation: { conversationId: ROOM } });
    const members = [...server.room(ROOM).members];
    server.room(ROOM).members.push({ userId: "erin", role: "member", joinedAt: "" });
    return { success: true, members };
  };
  room.loadDetails();
  await run(5);
  assert.deepEqual(room.getSnapshot().details.members.map(({ userId }) => userId), ["dave", "erin"]);
}

async function refusedDetailsAreAbsent() {
  const refusals = [failure("rate_limited", true), failure("forbidden", false)];
  const { room, run, requested } = await openRoom({ answers: { getMembers: () => refusals.shift() ?? failure("forbidden", false) } });
  room.loadDetails();
  await run(60);
  const { conversation, members } = room.getSnapshot().details;
  assert.deepEqual([conversation.conversationId, members], [ROOM, undefined]);
  assert.equal(requested("getMembers").length, 2, "a refusal for good is not repeated");
}

async function rolesChangeWhatTheUserMayDo() {
  const may = ["send"];
  let role = "member";
  const members = [{ userId: "alice", role, joinedAt: "" }, { userId: "bob", role: "member", joinedAt: "" }];
  const getConversation = () => ({ success: true, conversation: { conversationId: ROOM, members }, role, may: [...may] });
  const { room, tell, run, requested } = await openRoom({ answers: { getConversation } });
  const details = () => room.getSnapshot().details;
  room.loadDetails();
  await run(1);
  assert.deepEqual([details().role, details().may], ["member", ["send"]]);
  tell("memberUpdated", { conversationId: ROOM, member: { userId: "bob", role: "admin", joinedAt: "" }, by: "carol" });
  await run(1);
  assert.equal(details().members.find(({ userId }) => userId === "bob").role, "admin");
  assert.equal(requested("getConversation").length, 1);
  role = "admin";
  may.push("pin");
  members[0] = { userId: "alice", role, joinedAt: "" };
  tell("memberUpdated", { conversationId: ROOM, member: members[0], by: "carol" });
  await run(1);
  assert.deepEqual([details().role, details().may], ["admin", ["send", "pin"]]);
  tell("conversationDeleted", { conversationId: ROOM, by: "carol" });
  await run(1);
  const { status, failure } = room.getSnapshot();
  assert.deepEqual([status, failure.code], ["closed", "conversation_not_found"]);
}

async function roomThatWasClosedIsTriedAgainOnTheNextConnection() {
  let isMember = true;
  const joinRoom = () => (isMember ? undefined : failure("forbidden", false));
  const { room, run, tell, requested, server, forget } = await openRoom({ messages: 2, answers: { joinRoom } });
  const status = () => room.getSnapshot().status;
  isMember = false;
  tell("memberRemoved", { conversationId: ROOM, userId: "alice" });
  await run(5);
  forget();
  server.cutAll();
  await run(5);
  assert.deepEqual([status(), room.getSnapshot().failure.code, requested("joinRoom").length], ["closed", "forbidden", 1]);
  server.cutAll();
  isMember = true;
  server.send(ROOM, "carol", { content: "Welcome back" });
  assert.equal(status(), "closed", "what is known until the next connection");
  await run(5);
  assert.deepEqual([status(), room.getSnapshot().failure], ["ready", undefined]);
  assert.equal(room.getSnapshot().messages.at(-1).content, "Welcome back");
  isMember = false;
  tell("memberRemoved", { conversationId: ROOM, userId: "alice" });
  await run(5);
  assert.deepEqual([status(), requested("joinRoom").length], ["closed", 2]);
}

async function eventsOfOnesOwnAreRequestsAndListeners() {
  const sent = [];
  const answers = { sendEvent: (payload) => (sent.push(payload), { success: true }), orderSeen: ({ order }) => ({ success: true, order }) };
  const { chat, room, tell, run } = await openRoom({ answers });
  const heard = [];
  const ends = ["customEvent", "orderReady"].map((event) => chat.on(event, (payload) => heard.push([event, payload.name ?? payload.order])));
  const answer = chat.request("orderSeen", { order: 7 });
  void room.sendEvent("cursor", { x: 1 });
  tell("customEvent", { conversationId: ROOM, userId: "bob", name: "cursor", at: "" });
  tell("orderReady", { order: 8 });
  await run(1);
  assert.deepEqual(await answer, { success: true, order: 7 });
  assert.deepEqual(JSON.parse(JSON.stringify(sent)), [{ conversationId: ROOM, userId: "alice", name: "cursor", data: { x: 1 } }]);
  assert.deepEqual(heard, [["customEvent", "cursor"], ["orderReady", 8]]);
  ends.forEach((end) => end());
  tell("orderReady", { order: 9 });
  await run(1);
  assert.equal(heard.length, 2);
}

async function receiptsEndWithTheirEpoch() {
  const { room, server, run, tell, requested, forget } = await openRoom({ messages: 3 });
  tell("messagesRead", { conversationId: ROOM, userId: "bob", upToSeq: 3 });
  tell("messagesDelivered", { conversationId: ROOM, userId: "dave", upToSeq: 2 });
  await run(1);
  assert.deepEqual(room.getSnapshot().receipts, { delivered: { dave: 2 }, read: { bob: 3 } });

  forget();
  server.newEpoch();
  await run(5);
  assert.deepEqual(room.getSnapshot().receipts, { delivered: {}, read: {} });
  assert.equal(requested("getReceipts").length, 1);
  server.send(ROOM, "erin", { content: "new" });
  await run(1);
  assert.deepEqual(room.getSnapshot().receipts, { delivered: { erin: 1 }, read: { erin: 1 } });
}

async function receiptsNeedAuthentication() {
  const { room, server, run } = await openRoom({ isAnonymous: true });
  server.send(ROOM, "carol", { content: "hello" });
  await run(1);
  assert.equal(room.getSnapshot().messages.length, 1);
  assert.deepEqual(room.getSnapshot().receipts, { delivered: {}, read: {} });
}

async function largeRoomsHaveNumbersAlone() {
  const joinRoom = () => ({ success: true, conversationId: ROOM, epoch: "epoch-1", latestSeq: 0, version: 0, readSeq: 0, unread: 0, online: 900, large: true });
  const { room, server, tell, run, requested, forget } = await openRoom({ answers: { joinRoom } });
  server.links.forEach((link) => link.joined.add(ROOM));
  const shown = () => (({ large, online, typing, typingCount }) => ({ large, online, typing, typingCount }))(room.getSnapshot());
  assert.deepEqual(shown(), { large: true, online: 900, typing: [], typingCount: 0 });
  tell("roomStats", { conversationId: ROOM, online: 1_000, typing: 12, large: true });
  await run(1);
  assert.deepEqual(shown(), { large: true, online: 1_000, typing: [], typingCount: 12 });
  await run(10);
  assert.equal(shown().typingCount, 0, "a number that is not sent again is old");
  forget();
  tell("roomStats", { conversationId: ROOM, online: 9, typing: 0, large: false });
  await run(1);
  assert.deepEqual(shown(), { large: false, online: 9, typing: [], typingCount: 0 });
  assert.equal(requested("getReceipts").length, 1);
}

async function unreadCountsBringTheNewestMessage() {
  const conversations = ["first", "second"].map((conversationId) => ({ conversationId, kind: "group", latestSeq: 1, readSeq: 1, unread: 0, version: 0 }));
  const { chat, run, tell, requested } = await openRoom({ answers: { getConversations: () => ({ success: true, conversations }) } });
  chat.inbox.subscribe(() => {});
  await run(1);
  const lastMessage = { id: "m2", conversationId: "second", seq: 2, version: 0, senderId: "bob", content: "new", createdAt: "2026-01-01T00:00:00.000Z" };
  tell("unreadChanged", { conversationId: "second", unread: 1, readSeq: 1, latestSeq: 2, lastMessage });
  await run(5);
  const [first] = chat.inbox.getSnapshot().conversations;
  assert.deepEqual([first.conversationId, first.unread, first.lastMessage.content], ["second", 1, "new"]);
  tell("unreadChanged", { conversationId: "second", unread: 0, readSeq: 2, latestSeq: 2 });
  await run(5);
  assert.equal(chat.inbox.getSnapshot().conversations[0].lastMessage.content, "new");
  assert.equal(requested("getConversations").length, 1, "the list is not loaded again");
}

/** After a reload another tab may have sent the message before this one has read its unsent messages. */
async function messagesThatArrivedBeforeTheOutboxAreShownOnce() {
  let read;
  const storage = { ...inMemory(), load: () => new Promise((resolve) => (read = resolve)) };
  const { room, server, run } = await openRoom({ storage });
  const message = { conversationId: ROOM, clientMessageId: "key", content: "once", type: "text" };
  server.send(ROOM, "alice", message);
  await run(1);
  const shown = [];
  room.subscribe(() => shown.push(room.getSnapshot().messages.length));
  read([{ ...message, position: 1, createdAt: "2026-01-01T00:00:00.000Z" }]);
  await run(5);
  assert.deepEqual([room.getSnapshot().messages.length, Math.max(...shown)], [1, 1]);
}
