// usage: node direct-uploads.test.js <url of the chat> <url that steers the storage> <port of the page>
//
// The client of roomcast-files.js in Chromium with a storage of the host's own: page, chat and storage have three origins.
// What the room sees of an upload, one that is cancelled, and a storage that fails or refuses.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.js";
import { openSite, pageWith } from "./site.js";

const [chat, control, port] = process.argv.slice(2);
const TIMEOUT = 30_000;
const SIZE = 10_000_000;
/** How long the storage rests after each part of 64 KiB, so that no upload ends before the test permits it. */
const SLOW = 200;

const PAGE = pageWith(`
  import { io } from "socket.io-client";
  import { connect } from "${chat}/api/client/roomcast.js";
  import { files } from "${chat}/api/client/roomcast-files.js";

  const user = location.hash.slice(1);
  window.chat = connect({ url: "${chat}", io, token: () => user, files });
  window.room = window.chat.room("g");
  window.room.subscribe(() => {});
  /** Other bytes for each name. */
  window.fileOf = (name, size, type = "application/octet-stream") => {
    const bytes = new Uint8Array(size);
    for (let i = 0, next = name.length; i < size; i++) bytes[i] = (next = (next * 1103515245 + 12345) & 0x7fffffff) >> 16;
    return new File([bytes], name, { type });
  };
`);

let browser, site, ann, bob;

before(async () => {
  site = await openSite({ "/": PAGE }, Number(port));
  browser = await launchBrowser();
  [ann, bob] = await Promise.all(["ann", "bob"].map(open));
});

after(async () => {
  await browser?.close();
  site?.close();
});

async function open(user) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(TIMEOUT);
  page.on("pageerror", (error) => assert.fail(error));
  await page.goto(`${site.url}/#${user}`);
  await page.waitForFunction(() => window.room?.getSnapshot().status === "ready");
  return page;
}

/**
 * Lets the storage answer all requests or those of clients with a status, or be slow. Returns the number of its objects and of
 * the files that it was sent.
 */
async function steer({ status = 0, put = 0, pause = 0 } = {}) {
  return (await fetch(`${control}/?status=${status}&put=${put}&pause=${pause}`)).json();
}

const send = (page, name, size, type) =>
  page.evaluate((file) => window.room.sendFiles([window.fileOf(...file)], file[0]).clientMessageId, [name, size, type]);

const rowOf = (page, id) =>
  page.evaluate((key) => {
    const row = window.room.getSnapshot().messages.find(({ clientMessageId }) => clientMessageId === key);
    return row && { status: row.status, code: row.failure?.code, file: row.files?.[0].status, loaded: row.files?.[0].loaded };
  }, id);

/** Waits until the row of a message is as expected. */
async function waitForRow(page, id, isExpected) {
  for (const end = Date.now() + TIMEOUT; ; await page.waitForTimeout(50)) {
    const row = await rowOf(page, id);
    if (await isExpected(row)) return row;
    assert.ok(Date.now() < end, `the row is ${JSON.stringify(row)}`);
  }
}

const waitUntilStored = (page, id) => waitForRow(page, id, (row) => row && row.status === undefined);

async function stored(name) {
  const response = await fetch(`${chat}/api/conversations/g/messages`, { headers: { Authorization: "Bearer ann" } });
  return (await response.json()).messages.filter(({ content }) => content === name);
}

async function assertSame(name, size) {
  const found = await stored(name);
  assert.equal(found.length, 1);
  assert.deepEqual([found[0].fileName, found[0].fileSize], [name, size]);
  const expected = await ann.evaluate(
    async ([file, bytes]) => {
      const digest = await crypto.subtle.digest("SHA-256", await window.fileOf(file, bytes).arrayBuffer());
      return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    },
    [name, size],
  );
  const file = await fetch(new URL(found[0].fileUrl, chat));
  assert.equal(createHash("sha256").update(Buffer.from(await file.arrayBuffer())).digest("hex"), expected);
}

test("the room sees the progress, which the client reports, and receives the file", async () => {
  await steer({ pause: SLOW });
  const tokens = [];
  ann.on("request", (request) => {
    if (request.method() === "PUT") tokens.push(request.headers().authorization);
  });
  const id = await send(ann, "film.bin", SIZE);
  const seen = await bob.waitForFunction(() => window.room.getSnapshot().uploads.find(({ loaded }) => loaded > 0));
  const { userId, fileName, total } = await seen.jsonValue();
  assert.deepEqual([userId, fileName, total], ["ann", "film.bin", SIZE]);
  assert.equal((await rowOf(ann, id)).file, "uploading");
  await steer();
  await waitUntilStored(ann, id);
  await waitUntilStored(bob, id);
  assert.deepEqual(await bob.evaluate(() => window.room.getSnapshot().uploads), []);
  assert.deepEqual(tokens, [undefined]);
  await assertSame("film.bin", SIZE);
});

test("a picture is shown by the address that the client returns", async () => {
  await steer();
  await ann.evaluate(async () => {
    const canvas = new OffscreenCanvas(3, 2);
    canvas.getContext("2d").fillRect(0, 0, 1, 1);
    const blob = await canvas.convertToBlob({ type: "image/png" });
    window.room.sendFiles([new File([blob], "a.png", { type: "image/png" })], "picture");
  });
  const fileUrl = await bob.waitForFunction(() => window.room.getSnapshot().messages.find(({ content }) => content === "picture")?.fileUrl);
  const width = await bob.evaluate(async (url) => {
    const image = Object.assign(new Image(), { src: await window.chat.files.currentUrlOf(url) });
    await image.decode();
    return image.naturalWidth;
  }, await fileUrl.jsonValue());
  assert.equal(width, 3);
  const [{ attachments }] = await stored("picture");
  assert.deepEqual([attachments[0].width, attachments[0].height], [3, 2]);
});

test("a cancelled upload leaves nothing in the storage and in the room", async () => {
  const { objects } = await steer({ pause: SLOW });
  const id = await send(ann, "cancelled.bin", SIZE);
  await bob.waitForFunction(() => window.room.getSnapshot().uploads.length > 0);
  await ann.evaluate((key) => window.room.discard(key), id);
  await bob.waitForFunction(() => window.room.getSnapshot().uploads.length === 0);
  assert.equal(await rowOf(ann, id), undefined);
  assert.equal((await steer()).objects, objects);
  assert.deepEqual(await stored("cancelled.bin"), []);
});

for (const [who, fault] of [["clients", { put: 503 }], ["all", { status: 503 }]]) {
  test(`a storage that was unavailable for ${who} receives the file later, once`, async () => {
    const name = `later for ${who}.bin`;
    const { puts: before } = await steer(fault);
    const id = await send(ann, name, 300_000);
    await ann.waitForTimeout(1_500);
    if (who === "clients") while ((await steer(fault)).puts === before) await ann.waitForTimeout(50);
    assert.equal((await rowOf(ann, id)).status, "sending");
    const { puts } = await steer();
    assert.equal(puts > before, who === "clients");
    await waitUntilStored(ann, id);
    await assertSame(name, 300_000);
  });
}

test("a file that the storage refuses again and again has failed, and can be sent when it no longer does", async () => {
  const { puts } = await steer({ put: 403 });
  const id = await send(ann, "refused.bin", 1_000);
  // Whenever the network returns, the client tries again at once.
  const isFailed = async (row) => {
    await ann.evaluate(() => window.dispatchEvent(new Event("online")));
    return row.status === "failed";
  };
  const { code, file } = await waitForRow(ann, id, isFailed);
  assert.deepEqual([code, file], ["storage_unavailable", "failed"]);
  assert.equal((await steer()).puts, puts + 8);
  await ann.evaluate((key) => window.room.retry(key), id);
  await waitUntilStored(ann, id);
  await assertSame("refused.bin", 1_000);
});

test("a lost answer of the storage makes no second message", async () => {
  const { puts } = await steer();
  let lost = 0;
  const isStorage = ({ origin }) => ![new URL(chat).origin, site.url].includes(origin);
  await ann.route(isStorage, async (route) => {
    if (route.request().method() !== "PUT" || lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort();
  });
  const id = await send(ann, "lost.bin", 200_000);
  await waitUntilStored(ann, id);
  await ann.unrouteAll();
  assert.equal((await steer()).puts, puts + 1);
  await assertSame("lost.bin", 200_000);
});
