// usage: node moved-upload.test.js <url> <url of another server> <pid of the first server>
//
// Uploads a file with an unmodified tus-js-client. Kills the server when it has a part of the file, and continues on the
// other one. The room there receives the progress, one message, and the same bytes.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import process from "node:process";
import * as tus from "tus-js-client";
import { tokenOf } from "./tokens.js";

const [first, second, pid] = process.argv.slice(2);
const headers = { authorization: `Bearer ${tokenOf("ann")}` };
const bytes = randomBytes(6_000_000);
const sum = (content) => createHash("sha256").update(content).digest("hex");

async function json(url, body) {
  const response = await fetch(url, {
    headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  assert.equal(answer.success, true, JSON.stringify(answer));
  return answer;
}

const messages = async () => (await json(`${second}/api/conversations/g/messages`)).messages;

await json(`${second}/api/events/createConversation`, { conversationId: "g", kind: "group", title: "G", memberIds: ["bob"] });

const path = await new Promise((resolve, reject) => {
  const upload = new tus.Upload(bytes, {
    endpoint: `${first}/api/uploads`,
    headers,
    chunkSize: 500_000,
    retryDelays: [],
    metadata: {
      conversationId: "g",
      filename: "moved.bin",
      filetype: "application/octet-stream",
      message: JSON.stringify({ content: "moved", clientMessageId: "moved" }),
    },
    onChunkComplete: (size, accepted) => {
      if (accepted >= 2_000_000) {
        process.kill(Number(pid), "SIGKILL");
      }
    },
    onError: () => resolve(new URL(upload.url).pathname),
    onSuccess: () => reject(new Error("the server was not killed")),
  });
  upload.start();
});
assert.deepEqual(await messages(), []);

let continued;
await new Promise((resolve, reject) => {
  new tus.Upload(bytes, {
    endpoint: `${second}/api/uploads`,
    uploadUrl: second + path,
    headers,
    retryDelays: [0, 200, 1_000, 5_000],
    onProgress: (sent) => (continued ??= sent),
    onError: reject,
    onSuccess: resolve,
  }).start();
});
assert.ok(continued >= 2_000_000, `continued at ${continued}`);

const sent = await messages();
assert.equal(sent.length, 1);
assert.equal(sent[0].content, "moved");
assert.equal(sent[0].clientMessageId, "moved");
const file = await fetch(second + sent[0].fileUrl);
assert.equal(sum(Buffer.from(await file.arrayBuffer())), sum(bytes));
