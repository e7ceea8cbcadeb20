// usage: node roomcast-files.mjs <url> <client-4>
//
// Sends files with the client through connections that are delayed and cut after any byte. In the end each message is
// there once, with the bytes of its files.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createFiles } from "../../main/resources/io/roomcast/chat/socketio/client/files.js";
import { surroundings } from "../../main/resources/io/roomcast/chat/socketio/client/environment.js";
import { createChat } from "../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { uploadSurroundings } from "../../main/resources/io/roomcast/chat/socketio/client/upload-surroundings.js";
import { FaultProxy } from "./client/fault-proxy.mjs";
import { ModelStore } from "./client/model-files.mjs";
import { World } from "./client/world.mjs";
import { course, until } from "./harness.mjs";

const USER = "ann";
const ROOM = "g";
/** The client's delays between attempts are shorter, so that they do not fill the test. Its timeouts are not. */
const FASTER = 20;
const LONGEST_DELAY = 5_000;
const FAULTY_FOR = 4_000;

const fileOf = (name, size) => Object.assign(new Blob([randomBytes(size)]), { name, lastModified: 1 });
const sum = async (blob) => createHash("sha256").update(Buffer.from(await blob.arrayBuffer())).digest("hex");

await course(async ({ url, io }) => {
  const proxy = await FaultProxy.start(new World(7), () => new URL(url).port);
  const chat = open(proxy, io);
  const sent = [[900_000], [1], [200_000, 300, 70_000], [500_000], [64, 65_536]].map((sizes, i) => {
    const files = sizes.map((size, j) => fileOf(`${i}-${j}.bin`, size));
    const { clientMessageId } = chat.room(ROOM).sendFiles(files, `text ${i}`);
    return { clientMessageId, files };
  });
  setTimeout(() => (proxy.isFaulty = false), FAULTY_FOR);
  await until(chat, ({ unsent }) => unsent === 0);
  for (const each of sent) await assertStored(url, each);
  chat.close();
  proxy.close();
});

function open(proxy, io) {
  const environment = surroundings();
  const setTimer = (work, delay) => environment.setTimer(work, delay > LONGEST_DELAY ? delay : delay / FASTER);
  const files = (parts) => createFiles(parts, { ...uploadSurroundings(), ...new ModelStore() });
  const options = { url: proxy.url, io, user: USER, token: () => USER, storage: inMemory(), files };
  return createChat(options, { ...environment, setTimer });
}

async function assertStored(url, { clientMessageId, files }) {
  const response = await fetch(`${url}/api/conversations/${ROOM}/messages?limit=100`, { headers: { Authorization: `Bearer ${USER}` } });
  const found = (await response.json()).messages.filter((message) => message.clientMessageId === clientMessageId);
  assert.equal(found.length, 1, `${found.length} messages instead of one`);
  assert.deepEqual(found[0].attachments.map(({ fileName }) => fileName), files.map(({ name }) => name));
  for (const [i, { fileUrl }] of found[0].attachments.entries()) {
    assert.equal(await sum(await (await fetch(url + fileUrl)).blob()), await sum(files[i]), files[i].name);
  }
}
