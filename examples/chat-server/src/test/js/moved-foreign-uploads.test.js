// usage: node moved-foreign-uploads.test.js <url> <url of another server> <pid of the first server> <port of a page>
//
// Uploads with unmodified Uppy and tus-js-client at the same time, from a page of another origin in Chromium. Kills their
// server when it has a part of both files; a proxy, as a load balancer, then leads to the other server.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import process from "node:process";
import { launchBrowser } from "./browser.js";
import { openSite } from "./site.js";
import { openSlowProxy } from "./slow-proxy.js";
import { tokenOf } from "./tokens.js";
import { filesOfLab } from "./upload-lab.js";

const [first, second, pid, port] = process.argv.slice(2);
const SIZE = 6_000_000;
const PART = 500_000;
const KILL_AFTER = 2_000_000;
const NAMES = ["tus", "uppy"];
const headers = { Authorization: `Bearer ${tokenOf("ann")}` };
const sum = (content) => createHash("sha256").update(content).digest("hex");

async function ask(path, body) {
  const response = await fetch(second + path, {
    headers: { ...headers, "Content-Type": "application/json" },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  assert.equal(answer.success, true, JSON.stringify(answer));
  return answer;
}

const messages = async () => (await ask("/api/conversations/g/messages")).messages;

/** Runs in the page: uploads with both clients, and returns the sums of their files. */
function upload({ endpoint, headers: sent, size, part }) {
  const { Uppy, Tus, tus, fileOf, sum: sumOf } = window.lab;
  const options = { endpoint, headers: sent, chunkSize: part, retryDelays: [100, 500, 1_000, 3_000, 5_000] };
  const metaOf = (name) => ({ conversationId: "g", message: JSON.stringify({ content: name, clientMessageId: name }) });

  const byTus = (file) =>
    new Promise((resolve, reject) => {
      new tus.Upload(file, {
        ...options,
        metadata: { ...metaOf("tus"), filename: file.name, filetype: file.type },
        onChunkComplete: (bytes, accepted) => void window.reached("tus", accepted),
        onError: reject,
        onSuccess: resolve,
      }).start();
    });

  async function byUppy(file) {
    const uppy = new Uppy({ meta: metaOf("uppy") }).use(Tus, {
      ...options,
      onAfterResponse: (request, response) => void window.reached("uppy", Number(response.getHeader("Upload-Offset"))),
    });
    uppy.addFile({ name: file.name, type: file.type, data: file });
    const { failed } = await uppy.upload();
    if (failed.length) throw failed[0].error;
  }

  const files = { tus: fileOf("tus.bin", size), uppy: fileOf("uppy.bin", size + 1) };
  return Promise.all([byTus(files.tus), byUppy(files.uppy)]).then(async () => ({
    tus: await sumOf(files.tus),
    uppy: await sumOf(files.uppy),
  }));
}

await ask("/api/events/createConversation", { conversationId: "g", kind: "group", title: "G", memberIds: ["bob"] });
const [site, proxy] = await Promise.all([openSite(filesOfLab(), Number(port)), openSlowProxy(new URL(first).port)]);
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  const isHalf = new Set();
  let before = 0;
  await page.exposeFunction("reached", (name, accepted) => {
    if (accepted >= KILL_AFTER) isHalf.add(name);
    if (isHalf.size < NAMES.length || before > 0) return;
    before = proxy.received;
    process.kill(Number(pid), "SIGKILL");
    proxy.port = new URL(second).port;
  });
  await page.goto(site.url);
  await page.waitForFunction(() => window.lab);
  proxy.bytesPerSecond = 2_000_000;
  const sums = await page.evaluate(upload, { endpoint: `${proxy.url}api/uploads`, headers, size: SIZE, part: PART });

  assert.ok(before > 0, "the server was not killed");
  const sent = await messages();
  assert.deepEqual(sent.map(({ clientMessageId }) => clientMessageId).sort(), NAMES);
  for (const { content, fileUrl } of sent) {
    const file = await fetch(second + fileUrl);
    assert.equal(sum(Buffer.from(await file.arrayBuffer())), sums[content], content);
  }
  // Each client loses one part at most, because the parts before are stored.
  assert.ok(proxy.received < NAMES.length * (SIZE + 1.5 * PART), `${proxy.received} bytes were sent`);
} finally {
  await browser.close();
  await proxy.close();
  site.close();
}
