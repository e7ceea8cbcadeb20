// usage: node resume-client.mjs <url> <client-4|client-3> <default|websocket,polling|polling|websocket>
//
// A front end that keeps its position and goes on from there, on a server that takes "token-of-<user>" as
// the proof of being that user.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { AckSocket, assertSucceeded } from "./ack-socket.mjs";
import { course } from "./harness.mjs";

const room = randomUUID();

await course(async (setup) => {
  const alice = new AckSocket(setup, "alice", { auth: { token: "token-of-alice" } });
  const position = { seq: 0, version: 0 };
  let resume;
  const bob = new AckSocket(setup, "bob", { auth: (send) => send({ token: "token-of-bob", resume }) });
  bob.socket.on("receiveMessage", ({ message }) => (position.seq = message.seq));
  bob.socket.on("roomSync", ({ covered }) => Object.assign(position, covered));

  await alice.ask("joinRoom", room);
  const { epoch } = await bob.ask("joinRoom", room);
  const first = await say(alice, "first");
  await bob.heard(first);

  bob.socket.disconnect();
  await isAlone(alice);
  const second = await say(alice, "second");
  const edit = { conversationId: room, messageId: first.id, content: "first, edited" };
  const { message: edited } = await alice.ask("editMessage", edit);
  resume = { epoch, rooms: { [room]: position } };
  bob.socket.connect();

  const page = await bob.log.first("roomSync");
  assert.deepEqual(page.messages, [edited, second]);
  assert.deepEqual(page.covered, { seq: 2, version: 1 });
  assert.equal(page.hasMore, false);

  await bob.heard(await say(alice, "third"));
  assert.deepEqual(bob.contents(), ["first", "third"]);
  assert.deepEqual(bob.log.all("syncRequired"), []);
});

/** Until then the server tells bob more, and a client 3.1 over polling takes that for news of its next connection. */
async function isAlone(client) {
  for (let online = 2; online > 1; ) {
    ({ online } = await client.ask("joinRoom", room));
  }
}

async function say(client, content) {
  const answer = await client.send(room, content);
  assertSucceeded(answer, {});
  return answer.message;
}
