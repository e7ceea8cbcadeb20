// usage: node contract-client.mjs <url> <client-4|client-3> <default|websocket,polling|polling|websocket>
//
// A front end that uses all that the server offers, on a server that takes "token-of-<user>" as the proof of being that
// user: each answer and each event is what the contract says that the server itself gives out, with no other fields.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { AckSocket, assertHas } from "./ack-socket.mjs";
import { conversationsAreMade, listsComeInPages, membersComeIn, noticesReachTheOthers, roomsAreJoined } from "./contract-conversations.mjs";
import { changesReachTheRoom, historyIsTold, messagesReachTheRoom, receiptsReachTheRoom } from "./contract-messages.mjs";
import { asked, contract, granted, group, inGroup, rolesOf, told, useContractOf } from "./contract-session.mjs";
import { course } from "./harness.mjs";

const NEVER_TOLD = ["messageError", "chatError", "syncRequired"];
const TOLD_ELSEWHERE = ["messagesBatch", "roomSync", "tokenExpiring", "sessionRevoked", "serverDraining", "roomStats", "userUpdated", "messageAnnotated", "uploadProgress"];
// They need a store of files outside the server.
const ASKED_ELSEWHERE = ["reportUpload", "finishUpload"];

await course(async (setup) => {
  await useContractOf(setup.url);
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

async function filesAreUploaded(server, alice) {
  const file = { fileName: "notes.txt", fileSize: 5, mimeType: "text/plain" };
  const { limits } = await alice.log.first("session");
  const begun = { ...file, ...inGroup(), offset: 0, maxBytes: limits.fileBytes };
  const started = await granted(alice, "startUpload", inGroup(file), begun);
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
