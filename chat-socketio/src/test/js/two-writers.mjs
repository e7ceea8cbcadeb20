// usage: node two-writers.mjs <url,url> client-4 <seconds>
//
// Two stock clients, each of another server, write to one conversation as fast as acks arrive. Each receives every
// message once and in order. Prints the number of messages, of refused attempts, and of messages in a second.
import assert from "node:assert/strict";
import { course, promised, tab } from "./harness.mjs";

const ROOM = "two-writers";
const IN_FLIGHT = 16;
const DEADLINE_MS = 60_000;

await course(async ({ url, io, transports: seconds }) => {
  const writers = url.split(",").map((server, number) => ({ number, server, received: [], sent: 0 }));
  for (const writer of writers) {
    writer.socket = io(writer.server, { ...tab("websocket"), auth: { token: `user-${writer.number}` } });
    // Acks of a lost connection never arrive.
    writer.socket.on("disconnect", (reason) => assert.equal(reason, "io client disconnect"));
    writer.socket.on("receiveMessage", ({ message }) => {
      writer.received.push(message.seq);
      writer.changed?.();
    });
    const ack = await writer.socket.emitWithAck("joinRoom", { conversationId: ROOM });
    assert.equal(ack.success, true);
  }

  const end = performance.now() + Number(seconds) * 1_000;
  const write = async (writer) => {
    while (performance.now() < end) {
      const key = `${writer.number}-${writer.sent++}`;
      const message = { conversationId: ROOM, senderId: `user-${writer.number}`, content: key, clientMessageId: key };
      await stored(writer, message);
    }
  };
  // A writer that the other one always precedes is refused after some time, and repeats.
  let refused = 0;
  const stored = async (writer, message) => {
    let ack;
    do {
      ack = await promised(`ack of ${message.content}`, (resolve) => writer.socket.emit("sendMessage", message, resolve));
      refused += ack.success ? 0 : 1;
    } while (ack.retryable);
    assert.equal(ack.success, true, JSON.stringify(ack));
  };
  await Promise.all(writers.flatMap((writer) => Array.from({ length: IN_FLIGHT }, () => write(writer))));

  const sent = writers.reduce((sum, writer) => sum + writer.sent, 0);
  for (const writer of writers) {
    await promised(`${sent} messages at ${writer.number}`, (resolve) => {
      writer.changed = () => writer.received.length >= sent && resolve();
      writer.changed();
    });
    assert.deepEqual(writer.received, Array.from({ length: sent }, (_, i) => i + 1));
  }
  console.log(JSON.stringify({ event: "result", sent, refused, perSecond: Math.round(sent / Number(seconds)) }));
  writers.forEach(({ socket }) => socket.disconnect());
}, DEADLINE_MS);
