// Usage: node foreign-uploads.test.js <command that starts the server>
//
// Uploads with unmodified Uppy and tus-js-client, from a page of another origin than the server's.
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.js";
import { askAs, demoToken } from "./requests.js";
import { startServer } from "./server.js";
import { openSite } from "./site.js";
import { allStarted } from "./start.js";
import { filesOfLab } from "./upload-lab.js";

const ROOM = "pictures";
const TIMEOUT = 15_000;

let folder, server, browser, site, stranger, page;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "roomcast-files-"));
  const files = filesOfLab();
  [site, stranger] = await Promise.all([openSite(files), openSite(files)]);
  const environment = {
    SOCKET_PORT: "0",
    CHAT_HOST: "127.0.0.1",
    CHAT_STORE: "memory",
    CHAT_FILES: folder,
    CHAT_DEMO: "true",
    CHAT_RATE_LIMITS: "off",
    CLIENT_URL: site.url,
  };
  [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());
  await askAs(server, "ann", "createConversation", { kind: "group", conversationId: ROOM, title: ROOM, memberIds: ["bob"] });
  page = await open(site);
});

after(async () => {
  await browser?.close();
  await server?.kill();
  site?.close();
  stranger?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(where) {
  const context = await browser.newContext();
  const opened = await context.newPage();
  opened.setDefaultTimeout(TIMEOUT);
  await opened.goto(where.url);
  await opened.waitForFunction(() => window.lab);
  return opened;
}

const options = () => ({
  endpoint: `${server.url}api/uploads`,
  headers: { Authorization: `Bearer ${demoToken("ann")}` },
  conversationId: ROOM,
});

/** Sends the file of an upload in a message; returns the whole link to it. */
async function send(uploadUrl) {
  const fileUrl = new URL(uploadUrl).pathname.replace("/uploads/", "/files/");
  const { message } = await askAs(server, "ann", "sendMessage", { conversationId: ROOM, type: "file", content: "", fileUrl });
  return { ...message, link: new URL(message.fileUrl, server.url).href };
}

test("Uppy uploads a picture, which the page shows by its link", async () => {
  const { url, name } = await page.evaluate(async ({ endpoint, headers, conversationId }) => {
    const { Uppy, Tus } = window.lab;
    const uppy = new Uppy({ meta: { conversationId } }).use(Tus, { endpoint, headers, retryDelays: [0, 100] });
    const canvas = new OffscreenCanvas(2, 1);
    canvas.getContext("2d").fillRect(0, 0, 1, 1);
    const data = await canvas.convertToBlob({ type: "image/png" });
    uppy.addFile({ name: "Übersicht.png", type: "image/png", data });
    const { successful, failed } = await uppy.upload();
    if (failed.length) throw failed[0].error;
    return { url: successful[0].uploadURL, name: successful[0].name };
  }, options());
  const sent = await send(url);
  assert.equal(sent.fileName, name);
  assert.equal(sent.mimeType, "image/png");
  const width = await page.evaluate(async (link) => {
    const image = Object.assign(new Image(), { src: link });
    await image.decode();
    return image.naturalWidth;
  }, sent.link);
  assert.equal(width, 2);
});

test("Uppy pauses, resumes, and survives a cut network", async () => {
  const paused = page.evaluate(async ({ endpoint, headers, conversationId }) => {
    const { Uppy, Tus, fileOf, sum } = window.lab;
    const uppy = new Uppy({ meta: { conversationId } }).use(Tus, {
      endpoint,
      headers,
      chunkSize: 500_000,
      retryDelays: [100, 200, 400, 800, 1_600, 3_200],
    });
    const data = fileOf("paused.bin", 6_000_000);
    const id = uppy.addFile({ name: data.name, type: data.type, data });
    window.lab.resume = () => uppy.pauseResume(id);
    uppy.on("upload-progress", (file, { bytesUploaded }) => {
      if (bytesUploaded > 2_000_000 && document.title === "Elsewhere") {
        document.title = "Paused";
        uppy.pauseResume(id);
      }
    });
    const { successful, failed } = await uppy.upload();
    if (failed.length) throw failed[0].error;
    return { url: successful[0].uploadURL, sum: await sum(data) };
  }, options());
  await page.waitForFunction(() => document.title === "Paused");
  const failure = page.waitForEvent("requestfailed");
  await page.context().setOffline(true);
  await page.evaluate(() => window.lab.resume());
  await failure;
  await page.context().setOffline(false);
  const done = await paused;
  const { link, fileSize } = await send(done.url);
  assert.equal(fileSize, 6_000_000);
  assert.equal(await sumOf(link), done.sum);
});

const sumOf = (link) => page.evaluate(async (url) => window.lab.sum(await (await fetch(url)).blob()), link);

test("tus-js-client continues after the page was reloaded", async () => {
  const started = await page.evaluate(
    ({ endpoint, headers, conversationId }) =>
      new Promise((resolve, reject) => {
        const { tus, fileOf } = window.lab;
        const upload = new tus.Upload(fileOf("reloaded.bin", 4_000_000), {
          endpoint,
          headers,
          chunkSize: 500_000,
          metadata: { conversationId, filename: "reloaded.bin" },
          onError: reject,
          onChunkComplete: (size, accepted) => {
            if (accepted >= 1_000_000) void upload.abort().then(() => resolve(upload.url));
          },
        });
        upload.start();
      }),
    options(),
  );
  await page.reload();
  await page.waitForFunction(() => window.lab);
  const done = await page.evaluate(async ({ endpoint, headers }) => {
    const { tus, fileOf, sum } = window.lab;
    const file = fileOf("reloaded.bin", 4_000_000);
    let first;
    return new Promise((resolve, reject) => {
      const upload = new tus.Upload(file, {
        endpoint,
        headers,
        onProgress: (sent) => (first ??= sent),
        onError: reject,
        onSuccess: async () => resolve({ url: upload.url, first, sum: await sum(file) }),
      });
      upload.findPreviousUploads().then(([previous]) => {
        upload.resumeFromPreviousUpload(previous);
        upload.start();
      }, reject);
    });
  }, options());
  assert.equal(done.url, started);
  assert.ok(done.first >= 1_000_000, `continued at ${done.first}`);
  assert.equal(await sumOf((await send(done.url)).link), done.sum);
});

test("tus-js-client uploads to the address that startUpload returned, and cancels", async () => {
  const { url } = await askAs(server, "ann", "startUpload", { conversationId: ROOM, fileName: "event.bin", fileSize: 100_000 });
  const gone = await page.evaluate(
    ({ headers, uploadUrl }) =>
      new Promise((resolve, reject) => {
        const { tus, fileOf } = window.lab;
        const upload = new tus.Upload(fileOf("event.bin", 100_000), {
          headers,
          uploadUrl,
          onError: reject,
          onSuccess: async () => {
            await upload.abort(true);
            resolve((await fetch(uploadUrl, { method: "HEAD", headers })).status);
          },
        });
        upload.start();
      }),
    { ...options(), uploadUrl: new URL(url, server.url).href },
  );
  assert.equal(gone, 404);
});

test("a page of an origin that is not allowed uploads nothing", async () => {
  const other = await open(stranger);
  const before = (await readdir(folder, { recursive: true })).length;
  const error = await other.evaluate(
    ({ endpoint, headers, conversationId }) =>
      new Promise((resolve) => {
        const { tus, fileOf } = window.lab;
        new tus.Upload(fileOf("evil.bin", 1_000), {
          endpoint,
          headers,
          retryDelays: null,
          metadata: { conversationId, filename: "evil.bin" },
          onError: (failure) => resolve(String(failure)),
          onSuccess: () => resolve("uploaded"),
        }).start();
      }),
    options(),
  );
  assert.match(error, /failed to create upload/);
  assert.equal((await readdir(folder, { recursive: true })).length, before);
  await other.context().close();
});

test("no file runs in a page, whatever it claims to be", async () => {
  const script = "window.ran = true;";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>parent.ran = true</script></svg>`;
  const hostile = [
    ["gif.gif", "image/gif", `GIF89a/*\0\0*/=1;${script}`, "script"],
    ["gif.js", "text/javascript", `GIF89a/**/=1;${script}`, "script"],
    ["plain.js", "text/javascript", script, "script"],
    ["page.html", "text/html", `<script>parent.ran = true</script>`, "iframe"],
    ["image.svg", "image/svg+xml", svg, "iframe"],
    ["image.svg", "image/svg+xml", svg, "img"],
  ];
  for (const [fileName, mimeType, content, tag] of hostile) {
    const { url } = await askAs(server, "ann", "startUpload", { conversationId: ROOM, fileName, mimeType, fileSize: content.length });
    const uploaded = await fetch(new URL(url, server.url), { method: "PUT", headers: options().headers, body: content });
    assert.equal(uploaded.status, 200);
    const { link } = await send(new URL(url, server.url).href);
    const seen = await page.evaluate(
      ({ tag: name, src }) =>
        new Promise((resolve) => {
          const element = document.createElement(name);
          element.onerror = () => resolve("refused");
          element.onload = () => resolve("loaded");
          element.src = src;
          document.body.append(element);
          // A frame whose content is saved has no event.
          if (name === "iframe") setTimeout(() => resolve("saved"), 500);
        }),
      { tag, src: link },
    );
    assert.ok(tag === "iframe" ? seen !== "refused" : seen === "refused", `${fileName} as ${tag}: ${seen}`);
    assert.equal(await page.evaluate(() => window.ran), undefined, fileName);
  }
});
