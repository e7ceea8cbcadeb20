// usage: node tus-client.mjs <url> <userId>
//
// Uploads files with an unmodified tus-js-client: one in parts, one without PATCH requests, one that is interrupted and
// resumed, one by the address that startUpload returned, and one whose message the server sends.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import * as tus from "tus-js-client";

const [url, userId] = process.argv.slice(2);
const endpoint = `${url}/api/uploads`;
const headers = { authorization: `Bearer ${userId}` };
const json = { ...headers, "content-type": "application/json" };

const metadata = (filename) => ({ conversationId: "g", filename, filetype: "application/octet-stream" });

function upload(bytes, options) {
  let started;
  const done = new Promise((resolve, reject) => {
    started = new tus.Upload(bytes, { endpoint, headers, retryDelays: [0, 100, 500], ...options, onSuccess: resolve, onError: reject });
  });
  return { upload: started, done };
}

async function post(path, body) {
  const response = await fetch(url + path, { method: "POST", headers: json, body: JSON.stringify(body) });
  const answer = await response.json();
  assert.equal(answer.success, true, JSON.stringify(answer));
  return answer;
}

const sum = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Sends the file in a message, and reads it by the link of the message. */
async function check(uploadUrl, bytes) {
  const fileUrl = new URL(uploadUrl, url).pathname.replace("/uploads/", "/files/");
  const { message } = await post("/api/conversations/g/messages", { type: "file", content: "", fileUrl });
  assert.equal(message.fileSize, bytes.length);
  const file = await fetch(url + message.fileUrl);
  assert.equal(sum(Buffer.from(await file.arrayBuffer())), sum(bytes));
}

async function inParts() {
  const bytes = randomBytes(3_000_000);
  const { upload: parts, done } = upload(bytes, { chunkSize: 700_000, metadata: metadata("parts.bin") });
  parts.start();
  await done;
  await check(parts.url, bytes);
}

async function withoutPatch() {
  const bytes = randomBytes(300_000);
  const methods = [];
  const { upload: posted, done } = upload(bytes, {
    chunkSize: 100_000,
    metadata: metadata("posted.bin"),
    overridePatchMethod: true,
    onBeforeRequest: (request) => void methods.push(request.getMethod()),
  });
  posted.start();
  await done;
  assert.deepEqual(methods, Array(4).fill("POST"));
  await check(posted.url, bytes);
}

async function resumed() {
  const bytes = randomBytes(8_000_000);
  const first = upload(bytes, { metadata: metadata("resumed.bin"), chunkSize: 1_000_000 });
  const offset = await new Promise((resolve) => {
    first.upload.options.onChunkComplete = (size, accepted) => {
      if (accepted >= 2_000_000) {
        void first.upload.abort().then(() => resolve(accepted));
      }
    };
    first.upload.start();
  });
  let begin;
  const second = upload(bytes, {
    uploadUrl: first.upload.url,
    onProgress: (sent) => (begin ??= sent),
  });
  second.upload.start();
  await second.done;
  assert.ok(begin >= offset, `continued at ${begin}, not before ${offset}`);
  await check(first.upload.url, bytes);
}

async function byEvent() {
  const bytes = randomBytes(100_000);
  const started = await post("/api/events/startUpload", { conversationId: "g", fileName: "event.bin", fileSize: bytes.length });
  const { upload: whole, done } = upload(bytes, { uploadUrl: url + started.url });
  whole.start();
  await done;
  await check(started.url, bytes);
}

async function cancelled() {
  const { upload: gone, done } = upload(randomBytes(1000), { metadata: metadata("gone.bin") });
  gone.start();
  await done;
  await gone.abort(true);
  assert.equal((await fetch(gone.url, { method: "HEAD", headers })).status, 404);
}

async function messages() {
  return (await (await fetch(`${url}/api/conversations/g/messages`, { headers })).json()).messages;
}

/** The client learns of a lost answer to its last request by HEAD, and begins no other upload. */
async function sentByServer() {
  const bytes = randomBytes(1_000_000);
  const message = JSON.stringify({ content: "Übersicht", clientMessageId: "sent-by-server" });
  const first = upload(bytes, { metadata: { ...metadata("sent.bin"), message } });
  first.upload.start();
  await first.done;
  const again = upload(bytes, { metadata: { ...metadata("sent.bin"), message } });
  again.upload.url = first.upload.url;
  again.upload.start();
  await again.done;
  assert.equal(again.upload.url, first.upload.url);
  const sent = (await messages()).filter((each) => each.clientMessageId === "sent-by-server");
  assert.equal(sent.length, 1);
  assert.equal(sent[0].content, "Übersicht");
  const file = await fetch(url + sent[0].fileUrl);
  assert.equal(sum(Buffer.from(await file.arrayBuffer())), sum(bytes));
}

await inParts();
await withoutPatch();
await resumed();
await byEvent();
await cancelled();
await sentByServer();
