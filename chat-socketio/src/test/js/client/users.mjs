// The names of users: requested together, bounded, and again on each connection.
import assert from "node:assert/strict";
import { failure } from "./model-server.mjs";
import { openChat } from "./opened.mjs";

const user = (userId) => ({ userId, name: `Name of ${userId}` });
function getUsers({ userIds }) {
  return { success: true, users: userIds.filter((id) => id !== "nobody").map(user) };
}

async function namesAreRequestedOnceAndTogether() {
  const { chat, server, run, tell, requested, forget } = await openChat({ answers: { getUsers } });
  void chat.users.watch(["bob", "carol"]);
  void chat.users.watch(["carol", "nobody"]);
  await run(1);
  assert.deepEqual(requested("getUsers"), [{ userIds: ["bob", "carol", "nobody"] }]);
  assert.deepEqual(Object.keys(chat.users.getSnapshot()), ["bob", "carol"]);
  const before = chat.users.getSnapshot();
  void chat.users.watch(["bob", "nobody"]);
  await run(1);
  assert.equal(requested("getUsers").length, 1, "what is known, or is known to be unknown, is not requested again");
  assert.equal(chat.users.getSnapshot(), before);

  tell("userUpdated", { user: { userId: "bob", name: "Robert" } });
  tell("userUpdated", { user: user("stranger") });
  tell("userUpdated", {});
  await run(1);
  assert.deepEqual(Object.values(chat.users.getSnapshot()).map(({ name }) => name), ["Robert", "Name of carol"]);
  forget();
  server.cutAll();
  await run(5);
  assert.deepEqual(requested("getUsers"), [{ userIds: ["carol", "bob", "nobody"] }], "names may have changed meanwhile");
  assert.equal(chat.users.getSnapshot().bob.name, "Name of bob");
}

async function namesAreBounded() {
  const { chat, run, requested } = await openChat({ answers: { getUsers } });
  const ids = Array.from({ length: 1_300 }, (_, i) => `user-${i}`);
  void chat.users.watch(ids.slice(0, 700));
  await run(5);
  void chat.users.watch(ids.slice(650, 1_300));
  await run(5);
  const known = Object.keys(chat.users.getSnapshot());
  assert.deepEqual([known.length, known.includes("user-299"), known.includes("user-300")], [1_000, false, true]);
  assert.ok(requested("getUsers").every(({ userIds }) => userIds.length <= 100));
  assert.equal(requested("getUsers").length, 13);
}

async function namesAreRequestedAgainAfterARefusal() {
  const refusals = [{ ...failure("rate_limited", true), retryAfterMs: 3_000 }];
  const { chat, run, requested } = await openChat({ answers: { getUsers: (payload) => refusals.shift() ?? getUsers(payload) } });
  void chat.users.watch(["bob"]);
  await run(1);
  assert.equal(chat.users.getSnapshot().bob, undefined);
  await run(5);
  assert.equal(chat.users.getSnapshot().bob.name, "Name of bob");
  assert.equal(requested("getUsers").length, 2);

  const other = await openChat();
  other.server.supports = [];
  other.server.cutAll();
  await other.run(5);
  void other.chat.users.watch(["bob"]);
  await other.run(60);
  assert.equal(other.requested("getUsers").length, 0, "a server that knows no names is not asked");
}

await namesAreRequestedOnceAndTogether();
await namesAreBounded();
await namesAreRequestedAgainAfterARefusal();
console.log(JSON.stringify({ client: "course", event: "finished" }));
