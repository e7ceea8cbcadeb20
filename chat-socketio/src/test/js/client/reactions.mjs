// Which reactions are the user's own: answers say it, events say only what changed.
import assert from "node:assert/strict";
import { ROOM, openRoom } from "./opened.mjs";

const names = (count) => Array.from({ length: count }, (_, i) => `user-${i}`);
const firstRow = (room) => room.getSnapshot().messages[0];

/** Reactions and events, and whether the reaction is then the user's own. */
const REACTIONS = [
  ["another user's", [{ count: 1, userIds: ["bob"], change: ["bob", "add"] }], undefined],
  ["the user's", [{ count: 1, userIds: ["alice"], change: ["alice", "add"] }], true],
  ["the user's among many", [{ count: 12, userIds: names(10), change: ["alice", "add"] }], true],
  ["the user's, and then another one's among many", [
    { count: 12, userIds: names(10), change: ["alice", "add"] },
    { count: 13, userIds: names(10), change: ["bob", "add"] },
  ], true],
  ["the user's that was taken back among many", [
    { count: 12, userIds: names(10), change: ["alice", "add"] },
    { count: 11, userIds: names(10), change: ["alice", "remove"] },
  ], undefined],
  ["the user's that the host took back, as the names show", [
    { count: 12, userIds: names(10), change: ["alice", "add"] },
    { count: 10, userIds: names(10), change: ["user-11", "remove"] },
  ], undefined],
];

async function ownReactionsAreMarked() {
  for (const [name, events, expected] of REACTIONS) {
    const { room, tell, run } = await openRoom({ messages: 1 });
    let version = 0;
    for (const { change: [userId, op], ...reaction } of events) {
      const change = { userId, key: "+", op };
      tell("messageReactions", { conversationId: ROOM, messageId: "m1", version: ++version, reactions: { "+": reaction }, change });
      await run(1);
    }
    assert.equal(firstRow(room).reactions["+"].mine, expected, name);
    const message = { ...firstRow(room), version: ++version, content: "edited", reactions: { "+": events.at(-1) } };
    tell("messageEdited", { conversationId: ROOM, message });
    await run(1);
    assert.deepEqual([firstRow(room).content, firstRow(room).reactions["+"].mine], ["edited", expected], name);
  }
}

await ownReactionsAreMarked();
console.log(JSON.stringify({ client: "course", event: "finished" }));
