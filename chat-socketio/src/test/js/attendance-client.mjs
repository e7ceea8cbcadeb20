// usage: node attendance-client.mjs <url> <client-4|client-3> <default|websocket,polling|polling|websocket>
//
// Browser tabs on a server without an authenticator: who comes and goes is told, and all tabs count the same.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { AckSocket } from "./ack-socket.mjs";
import { course, transportSettles } from "./harness.mjs";

const room = randomUUID();

await course(async (setup) => {
  const first = new AckSocket(setup, "first", {});
  const second = new AckSocket(setup, "second", {});
  const comings = [];
  const goings = [];
  first.socket.on("userJoined", (event) => comings.push(event));
  first.socket.on("userLeft", (event) => goings.push(event));

  assert.equal((await first.ask("joinRoom", room)).online, 1);
  assert.equal((await second.ask("joinRoom", room)).online, 2);
  await until(() => comings.length === 1);
  const [coming] = comings;
  assert.equal(coming.conversationId, room);
  assert.equal(coming.online, 2);
  assert.equal(typeof coming.userId, "string");
  assert.equal(coming.userId, second.socket.id, "the session stands for the user that it does not have");

  assert.equal((await second.ask("joinRoom", room)).online, 2);
  await second.ask("leaveRoom", room);
  await until(() => goings.length === 1);
  assert.deepEqual(goings[0], { conversationId: room, userId: coming.userId, online: 1 });

  assert.equal((await second.ask("joinRoom", room)).online, 2);
  second.socket.disconnect();
  await until(() => goings.length === 2);
  assert.equal(goings[1].online, 1);
  assert.equal(comings.length, 2);
  await transportSettles(first.socket, first.log, setup.transports);
});

async function until(holds) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
