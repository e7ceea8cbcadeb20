// usage: node people-client.mjs <url> <client-4|client-3> <default|websocket,polling|polling|websocket>
//
// Users with names, and a room that becomes large with its fourth connection, on a server that takes "token-of-<user>" as
// the token of that user. A message "rename" changes the name of its sender.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { AckSocket, assertHas, assertSucceeded } from "./ack-socket.mjs";
import { Contract } from "./contract.mjs";
import { course } from "./harness.mjs";

const group = randomUUID();
const members = ["bob", "carol", "dora"];
const inGroup = (fields = {}) => ({ conversationId: group, ...fields });

await course(async (setup) => {
  const contract = await Contract.of(setup.url);
  const user = (name) => new AckSocket(setup, name, { auth: { token: `token-of-${name}` } });
  const [alice, bob, carol, dora] = ["alice", ...members].map(user);
  const { supports, limits } = await alice.log.first("session");
  assert.deepEqual(supports, ["users"]);
  assertHas(limits, { largeRoom: 3, users: 100, mentions: 50 });

  assertSucceeded(await alice.ask("createConversation", inGroup({ kind: "group", memberIds: members })));
  const { users } = await alice.ask("getUsers", { userIds: ["bob", "nobody"] });
  assert.equal(users.length, 1);
  await showsNewMessages(alice, dora);
  await showsNewNames(alice, bob, dora);
  await becomesLarge(alice, bob, carol, dora);
  for (const client of [alice, bob, carol, dora]) {
    for (const event of ["session", "unreadChanged", "userUpdated", "roomStats"]) {
      client.log.all(event).forEach((payload) => contract.assertMessage(event, payload));
    }
  }
});

/** An inbox needs no room: it receives what it shows. */
async function showsNewMessages(alice, dora) {
  const { message } = await alice.send(group, "for the inbox");
  const { lastMessage } = await dora.log.first("unreadChanged", ({ latestSeq }) => latestSeq === message.seq);
  assertHas(lastMessage, { id: message.id, conversationId: group, content: "for the inbox" });
}

async function showsNewNames(alice, bob, dora) {
  assertSucceeded(await alice.ask("joinRoom", group));
  assertSucceeded(await bob.send(group, "rename"));
  const { user } = await alice.log.first("userUpdated", ({ user: changed }) => changed.userId === "bob");
  assert.equal(user.name, "Bob 2");
  assert.deepEqual((await alice.ask("getUsers", { userIds: ["bob"] })).users, [user]);
  assert.deepEqual(dora.log.all("userUpdated"), [], "she is in no room");
}

async function becomesLarge(alice, bob, carol, dora) {
  for (const client of [bob, carol]) {
    const answer = await client.ask("joinRoom", group);
    assert.equal("large" in answer, false);
  }
  assertSucceeded(await bob.ask("typing", inGroup()));
  await alice.log.first("userTyping", ({ userId }) => userId === "bob");
  assertHas(await dora.ask("joinRoom", group), { success: true, large: true });
  await alice.log.first("userStoppedTyping", ({ userId }) => userId === "bob");
  await alice.log.first("roomStats", ({ online, large }) => online === 4 && large);
  assertSucceeded(await carol.ask("typing", inGroup()));
  await alice.log.first("roomStats", ({ typing }) => typing > 0);
  await alice.log.first("roomStats", ({ typing, large }) => typing === 0 && large);
  dora.socket.disconnect();
  await alice.log.first("roomStats", ({ online, typing, large }) => online === 3 && typing === 0 && !large);
  assert.equal(alice.log.all("userTyping").length, 1);
}
