// usage: node contract-client.mjs <url> <client-4|client-3> <default|websocket,polling|polling|websocket>
//
// A front end that uses all that the server offers, on a server that takes "token-of-<user>" as the proof of being that
// user: each answer and each event is what the contract says that the server itself gives out, with no other fields.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { AckSocket, assertHas, assertSucceeded } from "./ack-socket.mjs";
import { Contract } from "./contract.mjs";
import { course } from "./harness.mjs";

const THUMB = "👍";
const NEVER_TOLD = ["messageError", "chatError", "syncRequired"];
const TOLD_ELSEWHERE = ["messagesBatch", "roomSync", "tokenExpiring", "sessionRevoked", "serverDraining", "roomStats", "userUpdated", "messageAnnotated", "uploadProgress"];
// They need a store of files outside the server.
const ASKED_ELSEWHERE = ["reportUpload", "finishUpload"];
const FILE = {
  type: "file",
  fileUrl: "https://files.example.com/report.pdf",
  fileName: "report.pdf",
  fileSize: 1_024,
  mimeType: "application/pdf",
};
const { type: FILE_TYPE, ...FIRST } = FILE;
const VIDEO = { fileUrl: "/files/2.mp4", width: 640, height: 480, durationMs: 3_000, thumbnailUrl: "/files/2.png" };
const ATTACHMENTS = [FIRST, VIDEO];

const group = randomUUID();
const asked = new Set();
let contract;
const inGroup = (fields = {}) => ({ conversationId: group, ...fields });

await course(async (setup) => {
  contract = await Contract.of(setup.url);
  const user = (name) => new AckSocket(setup, name, { auth: { token: `token-of-${name}` } });
  const [alice, bob, carol] = ["alice", "bob", "carol"].map(user);
  await sessionsBegin(alice, bob, carol);

  await conversationsAreMade(alice, bob, carol);
  await membersComeIn(alice, bob, carol);
  await listsComeInPages(carol);
  await roomsAreJoined(alice, bob, carol);
  await noticesReachTheOthers(alice, bob);
  const message = await messagesReachTheRoom(alice, bob, carol);
  await changesReachTheRoom(alice, bob, message);
  await receiptsReachTheRoom(alice, bob);
  await historyIsTold(alice, bob);
  await presenceIsTold(alice, carol);
  await usersAreFound(alice);
  await devicesAreRegistered(alice);
  await tokensAreRefreshed(alice);
  await attentionIsKept(alice, bob);
  await filesAreUploaded(setup.url, alice);
  await callsAreMade(alice, bob, carol);
  await leavingIsTold(alice, carol);
  await removalIsTold(alice, bob);
  await deletionIsTold(alice, carol);
  await failuresAreAnswered(alice, bob);

  for (const client of [alice, bob, carol]) {
    client.assertOneAnswerEach();
    assertIsAsPromised(client);
  }
  assertNothingWasLeftOut(alice, bob, carol);
});

/** Asks, and checks that the answer is a success of the promised shape with the expected values. */
async function granted(client, event, payload, expected = {}) {
  contract.assertMessage(event, payload);
  const answer = await client.ask(event, payload);
  asked.add(event);
  assertSucceeded(answer, expected);
  contract.assertAnswer(event, answer);
  return answer;
}

/** Waits for an event with the expected values. */
function told(client, event, expected) {
  const matches = (payload) =>
    Object.entries(expected).every(([field, value]) => isDeepStrictEqual(payload[field], value));
  return client.log.first(event, matches, JSON.stringify(expected));
}

function assertIsAsPromised(client) {
  for (const event of contract.notices) {
    client.log.all(event).forEach((payload) => contract.assertMessage(event, payload));
  }
  const untold = [...NEVER_TOLD, "connect_error", "disconnect"];
  untold.forEach((event) => assert.deepEqual(client.log.all(event), [], event));
}

function assertNothingWasLeftOut(...clients) {
  assert.deepEqual(contract.requests.filter((event) => !asked.has(event)), ASKED_ELSEWHERE);
  const isTold = (event) => clients.some(({ log }) => log.all(event).length > 0);
  const untold = contract.notices.filter((event) => !isTold(event));
  assert.deepEqual(untold.sort(), [...NEVER_TOLD, ...TOLD_ELSEWHERE].sort());
}

async function sessionsBegin(...clients) {
  for (const client of clients) {
    const session = await client.log.first("session");
    assertHas(session, { protocol: 1, userId: client.userId, resumed: false });
    assert.ok(session.tokenExpiresAt);
  }
}

async function conversationsAreMade(alice, bob, carol) {
  const wanted = inGroup({ kind: "group", title: "Team", memberIds: ["bob"], metadata: { colour: "red" } });
  const { conversation } = await granted(alice, "createConversation", wanted);
  assertHas(conversation, inGroup({ kind: "group", title: "Team", latestSeq: 0, version: 0 }));
  assert.deepEqual(conversation.metadata, { colour: "red" });
  assert.deepEqual(rolesOf(conversation), { alice: "owner", bob: "member" });
  await told(bob, "conversationUpdated", inGroup({ by: "alice", conversation }));
  const ordinary = ["send", "send_file", "react", "type", "send_event", "edit_own", "delete_own", "call"];
  await granted(bob, "getConversation", inGroup(), { conversation, role: "member", may: ordinary });
  const [owner, member] = conversation.members;
  const { next } = await granted(bob, "getMembers", inGroup({ limit: 1 }), { members: [owner] });
  await granted(bob, "getMembers", inGroup({ cursor: next }), { members: [member] });
  await granted(bob, "getMembers", inGroup({ role: "owner" }), { members: [owner] });

  const direct = await granted(alice, "createConversation", { kind: "direct", memberIds: ["carol"] });
  assert.equal(direct.conversation.kind, "direct");
  const { conversationId } = direct.conversation;
  await told(carol, "conversationUpdated", { conversationId, by: "alice" });
  const same = await granted(carol, "createConversation", { kind: "direct", memberIds: ["alice"] });
  assert.equal(same.conversation.conversationId, conversationId);
}

function rolesOf({ members }) {
  return Object.fromEntries(members.map(({ userId, role }) => [userId, role]));
}

async function filesAreUploaded(server, alice) {
  const file = { fileName: "notes.txt", fileSize: 5, mimeType: "text/plain" };
  const started = await granted(alice, "startUpload", inGroup(file), { ...file, ...inGroup(), offset: 0 });
  const { uploadId } = started;
  await granted(alice, "getUpload", { uploadId }, { offset: 0 });
  const headers = { authorization: "Bearer token-of-alice" };
  const stored = await fetch(new URL(started.url, server), { method: "PUT", headers, body: "notes" });
  assert.ok(stored.ok, String(stored.status));
  const { message } = await granted(alice, "sendMessage", inGroup({ type: "file", content: "", fileUrl: started.fileUrl }));
  const fileId = new URL(message.fileUrl, server).pathname.split("/").at(-1);
  await granted(alice, "getFile", { fileId }, { ...file, fileId });
  const { uploadId: unused } = await granted(alice, "startUpload", inGroup(file));
  await granted(alice, "cancelUpload", { uploadId: unused });
}

async function callsAreMade(alice, bob, carol) {
  const started = await granted(alice, "startCall", inGroup({ media: "audio" }), inGroup({ mode: "mesh", state: "active", index: 1, peers: [] }));
  const { callId, participantId } = started;
  for (const client of [bob, carol]) {
    await told(client, "incomingCall", inGroup({ callId, from: "alice", media: "audio" }));
  }
  await told(alice, "callStarted", inGroup({ callId }));
  await granted(carol, "declineCall", { callId });
  await told(alice, "callDeclined", { callId, userId: "carol" });
  await told(carol, "callEnded", inGroup({ callId, reason: "declinedElsewhere" }));
  const accepted = await granted(bob, "acceptCall", { callId }, { index: 2, state: "active" });
  assert.equal(accepted.peers[0].participantId, participantId);
  await told(alice, "callAccepted", { callId, participantId: accepted.participantId, userId: "bob" });
  const data = { type: "offer", sdp: "v=0\r\n" };
  await granted(bob, "signalCall", { callId, to: participantId, kind: "offer", data });
  await told(alice, "callSignal", { callId, n: 1, from: accepted.participantId, kind: "offer", data });
  await granted(bob, "signalCall", { callId, to: participantId, kind: "candidates", data: null });
  await told(alice, "callSignal", { callId, n: 2, kind: "candidates", data: null });
  await granted(alice, "updateCall", { callId, audio: false, connected: true });
  await told(bob, "callUpdated", { callId, participantId, audio: false });
  await granted(alice, "getIceServers", { callId }, { iceServers: [{ urls: ["stun:stun.example.com"] }] });
  const { key } = accepted;
  await granted(bob, "rejoinCall", { callId, key, after: 0 }, { participantId: accepted.participantId, signals: [] });
  assertHas((await granted(carol, "joinRoom", group)).call, { callId, media: "audio" });
  await granted(bob, "endCall", { callId });
  await told(alice, "callLeft", { callId, participantId: accepted.participantId, reason: "left" });
  await granted(alice, "endCall", { callId, forAll: true });
  await told(carol, "callEnded", inGroup({ callId, reason: "completed", by: "alice" }));
  const matches = ({ message }) => message.type === "call" && message.clientMessageId === callId;
  const { message } = await carol.log.first("receiveMessage", matches);
  assertHas(message.metadata.call, { callId, outcome: "completed", participants: 2 });
}

async function attentionIsKept(alice, bob) {
  const draft = { content: "on its w" };
  const wanted = { archived: true, notify: "mentions", unreadFrom: 1 };
  const { preferences } = await granted(bob, "setPreferences", inGroup({ ...wanted, draft, draftBefore: null }));
  assertHas(preferences, { ...wanted, version: 1 });
  const cleared = inGroup({ archived: null, notify: null, mutedUntil: null, favorite: null, unreadFrom: null });
  assertHas((await granted(bob, "setPreferences", cleared)).preferences, { version: 2 });
  await granted(alice, "sendMessage", inGroup({ content: "for bob", mentions: ["bob"] }));
  const { messages } = await granted(bob, "getMentions", { limit: 1 });
  assert.equal(messages[0].content, "for bob");
  assertHas(await granted(bob, "getUnread", {}), { mentions: 1 });
  assert.deepEqual((await granted(bob, "setPrivacy", { typing: false })).privacy, { readReceipts: true, typing: false, presence: true });
  assertHas((await granted(bob, "setPrivacy", { typing: true })).privacy, { typing: true });
  await granted(bob, "sendMessage", inGroup({ content: "on its way" }));
  const { preferences: sent } = await told(bob, "preferencesChanged", inGroup());
  assert.deepEqual(sent, { version: 3 });
}

async function membersComeIn(alice, bob, carol) {
  const { conversation } = await granted(alice, "addMembers", inGroup({ memberIds: ["carol"] }));
  assert.deepEqual(rolesOf(conversation), { alice: "owner", bob: "member", carol: "member" });
  for (const client of [alice, bob, carol]) {
    const { conversation: seen } = await told(client, "memberAdded", inGroup({ userId: "carol", by: "alice" }));
    assertHas(seen, inGroup({ kind: "group", title: "Team" }));
  }
  await rolesChange(alice, bob);
  const update = inGroup({ title: "The team", metadata: { colour: "blue" } });
  const updated = await granted(alice, "updateConversation", update);
  assertHas(updated.conversation, update);
  for (const client of [bob, carol]) {
    const matches = ({ conversation: seen }) => seen.title === "The team";
    assertHas(await client.log.first("conversationUpdated", matches), inGroup({ by: "alice" }));
  }
}

async function rolesChange(alice, bob) {
  for (const role of ["admin", "member"]) {
    const { member } = await granted(alice, "changeRole", inGroup({ userId: "bob", role }));
    assertHas(member, { userId: "bob", role });
    await told(bob, "memberUpdated", inGroup({ member, by: "alice" }));
  }
}

async function listsComeInPages(carol) {
  const all = await granted(carol, "getConversations", {});
  assert.equal(all.conversations.length, 2);
  assert.equal(all.next, undefined);
  all.conversations.forEach((conversation) => assertHas(conversation, { readSeq: 0, unread: 0 }));
  const first = await granted(carol, "getConversations", { limit: 1 });
  const second = await granted(carol, "getConversations", { limit: 1, after: first.next });
  assert.deepEqual([...first.conversations, ...second.conversations], all.conversations);
  assert.equal(second.next, undefined);
}

async function roomsAreJoined(alice, bob, carol) {
  const empty = { latestSeq: 0, version: 0, readSeq: 0, unread: 0 };
  await granted(alice, "joinRoom", group, inGroup({ ...empty, online: 1 }));
  const missed = { messages: [], hasMore: false };
  const withMissed = inGroup({ after: { seq: 0, version: 0 }, limit: 10 });
  await granted(bob, "joinRoom", withMissed, inGroup({ ...empty, ...missed, online: 2 }));
  await told(alice, "userJoined", inGroup({ userId: "bob", online: 2 }));
  const others = { conversationId: `d:${"A".repeat(43)}` };
  const { rooms } = await granted(carol, "joinRooms", { rooms: [inGroup(), others] });
  assertHas(rooms[0], inGroup({ success: true, online: 3 }));
  assertHas(rooms[1], { ...others, success: false, code: "forbidden" });
  await told(bob, "userJoined", inGroup({ userId: "carol", online: 3 }));
}

async function noticesReachTheOthers(alice, bob) {
  await granted(bob, "typing", inGroup(), { expiresInMs: 6_000 });
  await told(alice, "userTyping", inGroup({ userId: "bob" }));
  await granted(bob, "stopTyping", inGroup());
  await told(alice, "userStoppedTyping", inGroup({ userId: "bob" }));
  await granted(bob, "viewing", inGroup({ userId: "bob" }), { viewers: ["bob"] });
  await told(alice, "userViewing", inGroup({ userId: "bob" }));
  await granted(bob, "stopViewing", inGroup());
  await told(alice, "userStoppedViewing", inGroup({ userId: "bob" }));
  await granted(bob, "sendEvent", inGroup({ name: "cursor", data: [1, "two"], toUserIds: ["alice"] }));
  await told(alice, "customEvent", inGroup({ userId: "bob", name: "cursor", data: [1, "two"] }));
}

async function messagesReachTheRoom(alice, bob, carol) {
  const key = randomUUID();
  const author = { content: "The report", mentions: ["bob"], metadata: { pages: 2 } };
  const fields = { ...FILE, ...author, attachments: ATTACHMENTS, clientMessageId: key };
  const { message } = await granted(alice, "sendMessage", inGroup(fields));
  assertHas(message, inGroup({ ...fields, _id: message.id, senderId: "alice", seq: 1, version: 0 }));
  for (const client of [alice, bob, carol]) {
    assert.deepEqual(await client.heard(message), message);
  }
  const { lastMessage } = await told(bob, "unreadChanged", inGroup({ unread: 1, readSeq: 0, latestSeq: 1 }));
  assertHas(lastMessage, { id: message.id, seq: 1, senderId: "alice", content: "The report", deleted: false });
  await granted(alice, "sendMessage", inGroup(fields), { message, duplicate: true });

  await granted(carol, "typing", inGroup());
  await told(bob, "userTyping", inGroup({ userId: "carol" }));
  const reply = await granted(carol, "sendMessage", inGroup({ content: "Thanks!", replyTo: message.id }));
  assertHas(reply.message, { senderId: "carol", type: "text", content: "Thanks!", replyTo: message.id, seq: 2 });
  assert.deepEqual(await bob.heard(reply.message), reply.message);
  await told(bob, "userStoppedTyping", inGroup({ userId: "carol" }));
  return message;
}

async function changesReachTheRoom(alice, bob, { id: messageId }) {
  const edit = inGroup({ messageId, content: "The corrected report", metadata: { pages: 3 }, expectedVersion: 0 });
  const { message } = await granted(alice, "editMessage", edit);
  assertHas(message, { id: messageId, content: "The corrected report", metadata: { pages: 3 }, seq: 1, version: 1 });
  assert.ok(message.editedAt);
  await told(bob, "messageEdited", inGroup({ message }));

  const reactions = { [THUMB]: { count: 1, userIds: ["bob"] } };
  const own = { [THUMB]: { ...reactions[THUMB], mine: true } };
  await granted(bob, "addReaction", inGroup({ messageId, key: THUMB }), { reactions: own, version: 2 });
  const added = { userId: "bob", key: THUMB, op: "add" };
  await told(alice, "messageReactions", inGroup({ messageId, version: 2, reactions, change: added }));
  await granted(alice, "getReactions", inGroup({ messageId }), { reactions: [{ userId: "bob", key: THUMB }] });
  await granted(bob, "getReactions", inGroup({ messageId }), { reactions: [{ userId: "bob", key: THUMB, mine: true }] });
  await granted(bob, "removeReaction", inGroup({ messageId, key: THUMB }), { reactions: {}, version: 3 });
  const removed = { userId: "bob", key: THUMB, op: "remove" };
  await told(alice, "messageReactions", inGroup({ messageId, version: 3, reactions: {}, change: removed }));

  const { message: pinned } = await granted(alice, "pinMessage", inGroup({ messageId }));
  assertHas(pinned, { id: messageId, version: 4 });
  assert.equal(pinned.pinned.by, "alice");
  await told(bob, "messagePinned", inGroup({ messageId, version: 4, pinned: pinned.pinned }));
  assert.deepEqual((await granted(bob, "getPins", inGroup())).messages, [pinned]);
  const { message: unpinned } = await granted(alice, "unpinMessage", inGroup({ messageId }));
  assertHas(unpinned, { id: messageId, version: 5 });
  await told(bob, "messagePinned", inGroup({ messageId, version: 5 }));
  await granted(bob, "getPins", inGroup(), { messages: [] });

  const place = { messageId, seq: 1, version: 6 };
  await granted(alice, "deleteMessage", inGroup({ messageId }), place);
  await told(bob, "messageDeleted", inGroup({ ...place, deletedBy: "alice" }));
}

async function receiptsReachTheRoom(alice, bob) {
  await granted(bob, "markDelivered", inGroup({ upToSeq: 1 }), { upToSeq: 1 });
  await told(alice, "messagesDelivered", inGroup({ userId: "bob", upToSeq: 1 }));
  await granted(bob, "markDelivered", { items: [inGroup({ upToSeq: 2 })] }, { upToSeq: 2 });
  await granted(bob, "markRead", inGroup({ upToSeq: 1 }), { upToSeq: 1, unread: 1 });
  await told(alice, "messagesRead", inGroup({ userId: "bob", upToSeq: 1 }));
  await told(bob, "unreadChanged", inGroup({ unread: 1, readSeq: 1, latestSeq: 2 }));
  const { delivered, read } = await granted(alice, "getReceipts", inGroup());
  assertHas(delivered.find(({ userId }) => userId === "bob"), inGroup({ upToSeq: 2 }));
  assertHas(read.find(({ userId }) => userId === "bob"), inGroup({ upToSeq: 1 }));
}

async function historyIsTold(alice, bob) {
  const { epoch, messages } = await granted(alice, "getMessages", inGroup(), { hasMore: false, latestSeq: 2, version: 6 });
  const [tombstone, reply] = messages;
  assertHas(tombstone, { seq: 1, version: 6, content: "", deletedBy: "alice" });
  assert.ok(tombstone.deletedAt);
  for (const gone of ["fileUrl", "fileName", "attachments", "metadata", "mentions", "reactions"]) {
    assert.equal(gone in tombstone, false, `${gone} is gone`);
  }
  await granted(alice, "getMessages", inGroup({ limit: 1 }), { messages: [reply], hasMore: true });
  await granted(alice, "getMessages", inGroup({ before: 2 }), { messages: [tombstone], hasMore: false });
  await granted(bob, "getMessage", inGroup({ messageId: reply.id }), { message: reply });

  const covered = { seq: 2, version: 6 };
  const all = inGroup({ after: { seq: 0, version: 0 }, epoch });
  const synced = await granted(bob, "syncRoom", all, { messages, covered, hasMore: false, epoch });
  assert.equal(synced.receipts.delivered.some(({ userId }) => userId === "bob"), true);
  await granted(bob, "syncRoom", inGroup({ after: covered, epoch }), { messages: [], covered, hasMore: false });
}

async function presenceIsTold(alice, carol) {
  const userIds = ["alice", "nobody"];
  for (const event of ["getPresence", "subscribePresence"]) {
    const { presence } = await granted(carol, event, { userIds });
    assert.deepEqual(
      presence.map(({ userId, status }) => [userId, status]),
      [
        ["alice", "online"],
        ["nobody", "offline"],
      ],
    );
  }
  const { presence } = await granted(alice, "setPresence", { status: "away" });
  assertHas(presence, { userId: "alice", status: "away" });
  await told(carol, "presenceChanged", { userId: "alice", status: "away" });
  await granted(carol, "unsubscribePresence", { userIds });
}

async function usersAreFound(alice) {
  const bob = { userId: "bob", name: "Bob 1", avatarUrl: "https://example.com/bob.png", metadata: { team: 1 } };
  await granted(alice, "getUsers", { userIds: ["nobody", "bob"] }, { users: [bob] });
}

async function devicesAreRegistered(alice) {
  const token = "https://push.example.com/alice";
  const device = {
    platform: "web",
    token,
    keys: { p256dh: "key", auth: "secret" },
    quiet: { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" },
    locale: "de-AT",
  };
  const { deviceId } = await granted(alice, "registerDevice", device);
  await granted(alice, "registerDevice", { platform: "web", token }, { deviceId });
  await granted(alice, "unregisterDevice", { token });
  await granted(alice, "unregisterDevice", { token });
}

async function tokensAreRefreshed(alice) {
  await granted(alice, "refreshToken", { token: "token-of-alice" });
}

async function leavingIsTold(alice, carol) {
  await granted(carol, "viewing", inGroup(), { viewers: ["carol"] });
  await granted(carol, "leaveRoom", group, inGroup());
  await told(alice, "userLeft", inGroup({ userId: "carol", online: 2 }));
  await told(alice, "userStoppedViewing", inGroup({ userId: "carol" }));
}

async function removalIsTold(alice, bob) {
  const { conversation } = await granted(alice, "removeMember", inGroup({ userId: "bob" }));
  assert.deepEqual(rolesOf(conversation), { alice: "owner", carol: "member" });
  for (const client of [alice, bob]) {
    await told(client, "memberRemoved", inGroup({ userId: "bob", by: "alice" }));
  }
  await told(alice, "userLeft", inGroup({ userId: "bob", online: 1 }));
  const { message } = await granted(alice, "sendMessage", inGroup({ content: "without bob" }));
  await alice.heard(message);
  await granted(bob, "leaveRoom", inGroup(), inGroup());
  assert.equal(bob.contents().includes("without bob"), false);
}

async function deletionIsTold(alice, carol) {
  const conversationId = randomUUID();
  await granted(alice, "createConversation", { conversationId, kind: "group", memberIds: ["carol"] });
  await granted(carol, "joinRoom", conversationId);
  await granted(alice, "deleteConversation", { conversationId });
  for (const client of [alice, carol]) {
    await told(client, "conversationDeleted", { conversationId, by: "alice" });
  }
  const late = await carol.ask("sendMessage", { conversationId, content: "too late" });
  assertHas(late, { success: false, code: "conversation_not_found", conversationId });
}

async function failuresAreAnswered(alice, bob) {
  const late = { conversationId: group, content: "my turn", ifLatestSeq: 1 };
  const conflict = await alice.ask("sendMessage", late);
  const { latestSeq } = await granted(alice, "getMessages", inGroup({ limit: 1 }));
  assertHas(conflict, { success: false, code: "conflict", latestSeq });
  contract.assertMessage("sendMessage", late);
  contract.assertAnswer("sendMessage", conflict);
  const turn = inGroup({ content: "my turn", ifLatestSeq: latestSeq, expiresInMs: 60_000 });
  const { message } = await granted(alice, "sendMessage", turn);
  assert.equal(Date.parse(message.expiresAt) - Date.parse(message.createdAt), 60_000);
  assert.equal(message.seq, latestSeq + 1);
  const poll = { type: "custom", customType: "poll", content: "Lunch?", metadata: { options: ["yes", "no"] } };
  const { message: custom } = await granted(alice, "sendMessage", inGroup(poll));
  assertHas(custom, poll);
  const answer = await bob.ask("sendMessage", { content: "", clientMessageId: randomUUID(), conversationId: group });
  assertHas(answer, { success: false, code: "missing_fields", field: "content", conversationId: group });
  contract.assertAnswer("sendMessage", answer);
}
