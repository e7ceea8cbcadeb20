// usage: node roomcast-people.mjs <url> <client-4> <transports>
//
// What the served client knows of others, on a server with a directory and rooms that are large with their fourth
// connection: names, numbers of users, and what they pin and say for a while. A message "rename" renames its sender.
import assert from "node:assert/strict";
import { course, tab, until } from "./harness.mjs";

const ID = "people";
const MEMBERS = ["bob", "carol", "dora"];

await course(async ({ url, io, transports }) => {
  const source = await (await fetch(`${url}/api/client/roomcast.js`)).text();
  const { connect } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  const open = (name) => connect({ url, io: (base, options) => io(base, { ...options, ...tab(transports) }), token: async () => `token-of-${name}` });
  const [alice, bob, carol, dora] = ["alice", ...MEMBERS].map(open);
  const all = [alice, bob, carol, dora];
  await Promise.all(all.map((chat) => until(chat, ({ status }) => status === "online")));
  const created = await alice.request("createConversation", { kind: "group", conversationId: ID, memberIds: MEMBERS });
  assert.equal(created.success, true);
  const enter = (chat) => {
    chat.room(ID).subscribe(() => {});
    return until(chat.room(ID), ({ status }) => status === "ready");
  };
  await enter(alice);
  await enter(bob);
  await names(alice, bob);
  await pins(alice, bob);
  await expiry(alice, bob);
  await enter(carol);
  await enter(dora);
  await numbers(alice, carol, dora);
  all.forEach((chat) => chat.close());
});

async function names(alice, bob) {
  alice.users.subscribe(() => {});
  await alice.users.watch(["bob", "nobody"]);
  assert.deepEqual(Object.values(alice.users.getSnapshot()).map(({ name }) => name), ["Bob 1"]);
  bob.room(ID).send("rename");
  await until(alice.users, (users) => users.bob.name === "Bob 2");
}

async function pins(alice, bob) {
  const [own, other] = [alice, bob].map((chat) => chat.room(ID));
  [own, other].forEach((room) => room.loadDetails());
  const { messages } = await until(own, (room) => room.messages.some(({ status }) => !status));
  assert.equal((await other.pin(messages[0].id)).code, "forbidden");
  assert.equal((await own.pin(messages[0].id)).success, true);
  const { pins: [pinned] } = await until(other, (room) => room.pins.length === 1);
  assert.deepEqual([pinned.content, pinned.pinned.by], ["rename", "alice"]);
  assert.equal((await own.pin(messages[0].id, false)).success, true);
  for (const room of [own, other]) await until(room, (state) => state.pins.length === 0);
}

async function expiry(alice, bob) {
  const attachments = ["/a", "/b"].map((fileUrl) => ({ fileUrl }));
  alice.room(ID).send({ content: "soon over", type: "file", attachments, expiresInMs: 5_000 });
  const isIt = ({ content, attachments: files }) => content === "soon over" && files?.length === 2;
  await until(bob.room(ID), ({ messages }) => messages.some(isIt));
  await until(bob.room(ID), ({ messages }) => !messages.some(isIt));
}

async function numbers(alice, carol, dora) {
  const room = alice.room(ID);
  await until(room, ({ large, online }) => large && online === 4);
  carol.room(ID).typing();
  const { typing } = await until(room, ({ typingCount }) => typingCount === 1);
  assert.deepEqual(typing, []);
  await until(room, ({ typingCount }) => typingCount === 0);
  dora.close();
  await until(room, ({ large, online }) => !large && online === 3);
}
