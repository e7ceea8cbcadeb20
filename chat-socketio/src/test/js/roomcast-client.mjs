// usage: node roomcast-client.mjs <url> <client-4> <transports> <address of the server without faults> [<rounds>]
//
// The served client through a proxy that cuts connections: two tabs of a user, another user, and changes by a third one.
// In the end each tab has what the server has, and every message is stored once.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { withoutMine } from "./client/tab.mjs";
import { course, promised, tab } from "./harness.mjs";

const [, , transports, direct, rounds = "1"] = process.argv.slice(2);
const MESSAGES = 12;

await course(async ({ url, io }) => {
  const source = await (await fetch(`${direct}/api/client/roomcast.js`)).text();
  const { connect, inMemory } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  const join = (user, storage) =>
    connect({
      url,
      io: (address, options) => io(address, { ...options, ...tab(transports), reconnection: false }),
      token: async () => `token-of-${user}`,
      user,
      storage,
    });
  const shared = inMemory();
  const chats = [join("alice", shared), join("alice", shared), join("bob", inMemory())];
  for (let round = 0; round < Number(rounds); round++) await playRound(chats);
  chats.forEach((chat) => chat.close());
  assert.deepEqual(
    chats.map((chat) => chat.getSnapshot().status),
    ["closed", "closed", "closed"],
  );
});

async function playRound(chats) {
  const id = randomUUID();
  const rooms = chats.map((chat) => chat.room(id));
  const ends = rooms.map((room) => room.subscribe(() => assertOrdered(room.getSnapshot())));
  const keys = [];
  for (let i = 0; i < MESSAGES; i++) {
    rooms.forEach((room) => keys.push(room.send(`text ${i}`).clientMessageId));
    await otherSends(id, `other ${i}`);
    changeOne(rooms[i % 3], i % 3 === 2 ? "bob" : "alice", i);
    if (i % 5 === 0) rooms[2].typing();
  }
  await complete(chats, rooms, id);
  const { messages } = await page(id);
  const stored = messages.map(({ clientMessageId }) => clientMessageId).filter(Boolean);
  assert.deepEqual([...stored].sort(), [...keys].sort());
  ends.forEach((end) => end());
}

/** Requests a change of a message of the user, which may fail. */
function changeOne(room, user, i) {
  const own = room.getSnapshot().messages.filter(({ senderId, status }) => senderId === user && !status);
  if (own.length === 0) return;
  const { id } = own[i % own.length];
  if (i % 3 === 0) void room.edit(id, `edited ${i}`);
  if (i % 3 === 1) void room.react(id, "+", i % 2 === 0);
  if (i % 5 === 2) void room.remove(id);
}

/** Waits until all tabs show what the server has; the script's deadline ends it otherwise. */
function complete(chats, rooms, id) {
  let difference = "nothing yet";
  return promised("all tabs to be complete", async (resolve) => {
    for (;;) {
      const { messages } = await page(id);
      const unsent = chats.map((chat) => chat.getSnapshot().unsent);
      const shown = rooms.map((room) => JSON.stringify(sorted(room.getSnapshot().messages), sameForAll));
      const expected = JSON.stringify(sorted(messages), sameForAll);
      if (unsent.every((count) => count === 0) && shown.every((each) => each === expected)) return resolve();
      const next = `${unsent} unsent; ${shown.map((each) => each.length)} of ${expected.length}`;
      if (next !== difference) console.log(JSON.stringify({ client: "room", event: "waits", data: (difference = next) }));
      await new Promise((again) => setTimeout(again, 50));
    }
  });
}

/** Leaves out which reactions are the reader's own. */
function sameForAll(key, value) {
  return key === "mine" ? undefined : value;
}

function sorted(messages) {
  return withoutMine(messages).map((message) => Object.fromEntries(Object.entries(message).sort()));
}

function assertOrdered({ messages }) {
  const stored = messages.filter(({ status }) => status === undefined);
  const inOrder = stored.every(({ seq }, i) => i === 0 || seq > stored[i - 1].seq);
  if (inOrder && new Set(messages.map((one) => one.id)).size === messages.length) return;
  console.error("out of order or twice", messages.map(({ seq, id }) => seq ?? id));
  process.exit(1);
}

async function page(id) {
  const headers = { Authorization: "Bearer token-of-carol" };
  return (await fetch(`${direct}/api/conversations/${id}/messages?limit=100`, { headers })).json();
}

async function otherSends(id, content) {
  const response = await fetch(`${direct}/api/conversations/${id}/messages`, {
    method: "POST",
    headers: { Authorization: "Bearer token-of-carol", "Content-Type": "application/json" },
    body: JSON.stringify({ content }),
  });
  const answer = await response.json();
  assert.equal(answer.success, true, JSON.stringify(answer));
}
