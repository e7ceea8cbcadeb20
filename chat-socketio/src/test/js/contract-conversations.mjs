// The part of contract-client.mjs that makes conversations, and enters them.
import assert from "node:assert/strict";
import { assertHas } from "./ack-socket.mjs";
import { granted, group, inGroup, rolesOf, told } from "./contract-session.mjs";

export async function conversationsAreMade(alice, bob, carol) {
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

export async function membersComeIn(alice, bob, carol) {
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

export async function listsComeInPages(carol) {
  const all = await granted(carol, "getConversations", {});
  assert.equal(all.conversations.length, 2);
  assert.equal(all.next, undefined);
  all.conversations.forEach((conversation) => assertHas(conversation, { readSeq: 0, unread: 0 }));
  const first = await granted(carol, "getConversations", { limit: 1 });
  const second = await granted(carol, "getConversations", { limit: 1, after: first.next });
  assert.deepEqual([...first.conversations, ...second.conversations], all.conversations);
  assert.equal(second.next, undefined);
}

export async function roomsAreJoined(alice, bob, carol) {
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

export async function noticesReachTheOthers(alice, bob) {
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
