// usage: node uppy-client.mjs <url> <userId>
//
// Uploads files with an unmodified Uppy. It runs in Node 20 in this version; the newer one is used in a browser, by the
// tests of the chat server. The connections pass a proxy that cuts them.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import Uppy from "@uppy/core";
import Tus from "@uppy/tus";

const [url, userId] = process.argv.slice(2);
const headers = { authorization: `Bearer ${userId}` };
const SIZE = 6_000_000;
const CHUNK = 500_000;
/** The numbers of bytes after which the proxy cuts a connection. */
const CUTS = [1_200_000, 2_400_000, 4_000_000];
const sum = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Passes connections on, and cuts some of them. */
async function openProxy() {
  const { port, hostname } = new URL(url);
  const cuts = [...CUTS];
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    const end = () => [client, server].forEach((socket) => socket.destroy());
    client.on("data", ({ length }) => {
      proxy.received += length;
      if (proxy.received >= cuts[0]) {
        cuts.shift();
        end();
      }
    });
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) socket.on("error", end).on("close", end);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return Object.assign(proxy, { received: 0, cuts, url: `http://127.0.0.1:${proxy.address().port}` });
}

/** Returns Uppy with one file, and the offsets at which it has begun to send. */
function withFile(name, bytes, meta, options) {
  const offsets = [];
  const uppy = new Uppy({ meta: { conversationId: "g", ...meta } }).use(Tus, {
    headers,
    retryDelays: [0, 100, 200, 400],
    onBeforeRequest(request) {
      if (request.getMethod() === "PATCH") offsets.push(Number(request.getHeader("Upload-Offset")));
    },
    ...options,
  });
  // In Node, tus-js-client takes a Buffer, whose size Uppy reads where a Blob has it.
  const data = Object.assign(Buffer.from(bytes), { size: bytes.length });
  const id = uppy.addFile({ name, type: "application/octet-stream", data });
  return { uppy, id, offsets };
}

async function uploaded(uppy) {
  const { successful, failed } = await uppy.upload();
  assert.deepEqual(failed.map(({ error }) => error), []);
  return successful[0].uploadURL;
}

async function ask(path, body) {
  const response = await fetch(url + path, {
    headers: { ...headers, "content-type": "application/json" },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  assert.equal(answer.success, true, JSON.stringify(answer));
  return answer;
}

async function assertSame({ fileName, fileSize, fileUrl }, name, bytes) {
  assert.deepEqual([fileName, fileSize], [name, bytes.length]);
  const file = await fetch(url + fileUrl);
  assert.equal(sum(Buffer.from(await file.arrayBuffer())), sum(bytes));
}

/** The server sends the message once, although three connections are cut. */
async function cut() {
  const proxy = await openProxy();
  const bytes = randomBytes(SIZE);
  const message = JSON.stringify({ content: "cut", clientMessageId: "cut" });
  const options = { endpoint: `${proxy.url}/api/uploads`, chunkSize: CHUNK };
  const { uppy, offsets } = withFile("cut.bin", bytes, { message }, options);
  await uploaded(uppy);
  proxy.close();
  assert.deepEqual(proxy.cuts, []);
  assert.ok(offsets.every((offset, i) => i === 0 || offset >= offsets[i - 1]), `began at ${offsets}`);
  // Each cut loses one part at most.
  assert.ok(proxy.received < SIZE + (CUTS.length + 0.5) * CHUNK, `${proxy.received} bytes were sent`);
  const { messages } = await ask("/api/conversations/g/messages");
  const sent = messages.filter(({ clientMessageId }) => clientMessageId === "cut");
  assert.equal(sent.length, 1);
  assert.equal(sent[0].content, "cut");
  await assertSame(sent[0], "cut.bin", bytes);
}

/** Another Uppy continues at the address of the upload, as after a restart of its program. */
async function resumed() {
  const bytes = randomBytes(SIZE);
  const first = withFile("resumed.bin", bytes, {}, { endpoint: `${url}/api/uploads`, chunkSize: 1_000_000 });
  const begun = new Promise((resolve) => {
    first.uppy.on("upload-progress", ({ tus }, { bytesUploaded }) => {
      if (bytesUploaded < 2_000_000 || !tus?.uploadUrl) return;
      first.uppy.pauseResume(first.id);
      resolve(tus.uploadUrl);
    });
  });
  void first.uppy.upload();
  const uploadUrl = await begun;
  const second = withFile("resumed.bin", bytes, {}, { uploadUrl });
  assert.equal(await uploaded(second.uppy), uploadUrl);
  assert.ok(second.offsets[0] >= 1_000_000, `continued at ${second.offsets[0]}`);
  const fileUrl = new URL(uploadUrl).pathname.replace("/uploads/", "/files/");
  const { message } = await ask("/api/conversations/g/messages", { type: "file", content: "", fileUrl });
  await assertSame(message, "resumed.bin", bytes);
}

await cut();
await resumed();
