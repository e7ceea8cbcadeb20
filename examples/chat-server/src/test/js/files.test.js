// Usage: node files.test.js <command that starts the server>
//
// Files of messages: attached by the button, by dropping and by pasting; uploads that are paused, cut, interrupted by a
// restart of the server and by a reload; what others see of them; pictures and other files.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertAccessible } from "./axe.js";
import { launchBrowser } from "./browser.js";
import { reservedPort } from "./port.js";
import { askAs } from "./requests.js";
import { startServer } from "./server.js";
import { openSlowProxy } from "./slow-proxy.js";
import { allStarted } from "./start.js";
import { openTab } from "./tab.js";

const COMMAND = process.argv.slice(2);
const SHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const ROOM = "darkroom";
const MEGABYTE = 1_000_000;
/** Bytes per second with which no upload of a test ends by itself. */
const SLOWLY = 20_000;
const WIDE = { viewport: { width: 1200, height: 800 }, colorScheme: "light" };
const PHONE = { viewport: { width: 390, height: 760 }, colorScheme: "dark", hasTouch: true, isMobile: true };

let folder, server, proxy, browser, ada, ben;

const startAt = (port) =>
  startServer(COMMAND, {
    SOCKET_PORT: port,
    CHAT_STORE: "embedded",
    CHAT_DATA_DIR: join(folder, "data"),
    CHAT_FILES: join(folder, "files"),
    CHAT_DEMO: "true",
    CHAT_RATE_LIMITS: "off",
    CHAT_FILE_BYTES: String(4 * MEGABYTE),
  });

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), "roomcast-"));
  [server, browser] = await allStarted(startAt(await reservedPort()), launchBrowser());
  // The page comes through a proxy that delays what is uploaded.
  proxy = await openSlowProxy(server.port);
  [ada, ben] = await Promise.all([openTab(browser, WIDE), openTab(browser, PHONE)]);
  for (const tab of [ada, ben]) await tab.page.addInitScript(recordAddresses);
  await ada.enter(proxy.url, "ada", "desk");
  await ben.enter(proxy.url, "ben", "desk");
  await askAs(server, "ada", "createConversation", { kind: "group", conversationId: ROOM, title: "Darkroom", memberIds: ["ben"] });
  await ada.open("Darkroom");
  await ben.back();
  await ben.open("Darkroom");
  await Promise.all([ada, ben].map((tab) => tab.seesTitle("Darkroom")));
});

after(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.kill();
  await rm(folder, { recursive: true, force: true });
});

/** Runs in a page before its scripts. Records the addresses of files that are not freed. */
function recordAddresses() {
  const { createObjectURL, revokeObjectURL } = URL;
  window.addresses = new Map();
  URL.createObjectURL = (file) => {
    const address = createObjectURL(file);
    window.addresses.set(address, file.name);
    return address;
  };
  URL.revokeObjectURL = (address) => {
    window.addresses.delete(address);
    revokeObjectURL(address);
  };
}

/** Runs in a page. Lets all links end. */
function passHours() {
  const { now } = Date;
  Date.now = () => now() + 3 * 3_600_000;
}

const keptFiles = (tab) => tab.page.evaluate(() => [...new Set(window.addresses.values())]);

const shot = (name) => join(SHOTS, `files-${name}.png`);
const attached = (tab, name) => tab.page.locator("#attached .attached-file", { hasText: name });
const card = (tab, name) => tab.page.locator("#list a.file", { hasText: name });
const upload = (tab, name) => tab.page.locator("#unsent .upload", { hasText: name });
const button = (tab, name) => tab.page.locator("#unsent").getByRole("button", { name, exact: true });
const progress = (tab, name) => upload(tab, name).locator("progress").evaluate((bar) => bar.value);
const messages = async () => (await askAs(server, "ada", "getMessages", { conversationId: ROOM, limit: 100 })).messages;
const sum = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function fileAt(name, bytes) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Chooses files in the dialog that a button opens. */
async function chooseBy(opener, ...paths) {
  const [dialog] = await Promise.all([opener.page().waitForEvent("filechooser"), opener.click()]);
  await dialog.setFiles(paths);
}

const choose = (tab, ...paths) => chooseBy(tab.page.getByRole("button", { name: "Attach files" }), ...paths);

/** Lets files be dropped on the page, or be pasted. */
function transfer(tab, event, files) {
  return tab.page.evaluate(
    ([name, list]) => {
      const data = new DataTransfer();
      for (const { file, type, base64 } of list) {
        data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], file, { type }));
      }
      const target = document.getElementById("content");
      const more = { bubbles: true, cancelable: true };
      if (name === "paste") target.dispatchEvent(new ClipboardEvent("paste", { ...more, clipboardData: data }));
      else for (const kind of ["dragenter", "dragover", name]) target.dispatchEvent(new DragEvent(kind, { ...more, dataTransfer: data }));
    },
    [event, files],
  );
}

/** Returns a picture of a color, made by the browser. */
async function picture(tab, color, width = 800, height = 600) {
  return tab.page.evaluate(
    async ([fill, across, down]) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: across, height: down });
      const context = canvas.getContext("2d");
      context.fillStyle = fill;
      context.fillRect(0, 0, across, down);
      context.fillStyle = "white";
      context.arc(across / 2, down / 2, Math.min(across, down) / 4, 0, 7);
      context.fill();
      return canvas.toDataURL("image/png").split(",")[1];
    },
    [color, width, height],
  );
}

/** Waits until the message with a file is stored, and checks the bytes. */
async function assertStored(name, bytes) {
  const found = (await messages()).filter(({ attachments }) => attachments?.some(({ fileName }) => fileName === name));
  assert.equal(found.length, 1, `${found.length} messages have ${name}`);
  const { fileUrl } = found[0].attachments.find(({ fileName }) => fileName === name);
  const response = await fetch(new URL(fileUrl, server.url));
  assert.equal(sum(Buffer.from(await response.arrayBuffer())), sum(bytes));
  return found[0];
}

test("a file that is chosen with the button is sent with its text, and others see its card", async () => {
  const bytes = randomBytes(200_000);
  await choose(ada, await fileAt("plan.pdf", bytes));
  await attached(ada, "plan.pdf").waitFor();
  await ada.fill("The plan");
  await assertAccessible(ada, "a file to send");
  await ada.screenshot(shot("attached"));
  await ada.send();
  await card(ben, "plan.pdf").waitFor();
  assert.match(await card(ben, "plan.pdf").textContent(), /PDF, 200 KB/);
  await ben.seesStored("The plan");
  await ada.page.locator("#unsent .message").waitFor({ state: "detached" });
  assert.equal(await attached(ada, "plan.pdf").count(), 0);
  const { type, content } = await assertStored("plan.pdf", bytes);
  assert.deepEqual([type, content], ["file", "The plan"]);
  const [download] = await Promise.all([ben.page.waitForEvent("download"), card(ben, "plan.pdf").click()]);
  assert.equal(download.suggestedFilename(), "plan.pdf");
});

test("several files that are dropped are one message; pictures are small and open large", async () => {
  const [red, blue] = [await picture(ada, "crimson"), await picture(ada, "royalblue")];
  await transfer(ada, "drop", [
    { file: "red.png", type: "image/png", base64: red },
    { file: "notes.txt", type: "text/plain", base64: Buffer.from("notes").toString("base64") },
    { file: "blue.png", type: "image/png", base64: blue },
  ]);
  await attached(ada, "blue.png").waitFor();
  await ada.page.getByRole("button", { name: "Remove notes.txt" }).click();
  await ada.page.locator("#drop").waitFor({ state: "hidden" });
  await ada.send();
  const small = ben.page.locator("#list .picture-button");
  await small.nth(1).waitFor();
  await ben.page.waitForFunction(() => [...document.querySelectorAll(".thumb")].every((one) => one.complete && one.naturalWidth === 800));
  const { attachments } = await assertStored("red.png", Buffer.from(red, "base64"));
  assert.deepEqual(attachments.map(({ width, height }) => [width, height]), [[800, 600], [800, 600]]);
  await assertAccessible(ben, "pictures");
  for (const tab of [ada, ben]) await tab.screenshot(shot(tab === ada ? "pictures-wide" : "pictures-phone"));

  await small.first().click();
  const dialog = ben.page.locator("#picture-dialog");
  await dialog.getByText("red.png").waitFor();
  await dialog.getByText("1 of 2").waitFor();
  await ben.page.waitForFunction(() => document.getElementById("picture").naturalWidth === 800);
  await assertAccessible(ben, "a large picture");
  await ben.screenshot(shot("large-phone"));
  await ben.page.keyboard.press("ArrowRight");
  await dialog.getByText("blue.png").waitFor();
  await ben.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await ben.page.evaluate(() => document.activeElement.ariaLabel), "Open red.png");
});

test("a picture alone in its message has its proportions before it is loaded", async () => {
  const shapes = [
    ["tall.png", 300, 900, "80 x 240"],
    ["wide.png", 900, 300, "240 x 80"],
    ["tiny.png", 4, 4, "72 x 72"],
    ["needle.png", 2_000, 2, "240 x 72"],
  ];
  let load;
  const loaded = new Promise((resolve) => (load = resolve));
  await ben.page.route("**/api/files/**", (route) => loaded.then(() => route.continue()));
  const sizes = () => ben.page.evaluate(() => [...document.querySelectorAll("#list .thumb.sized")].slice(-4).map((one) => `${one.offsetWidth} x ${one.offsetHeight}`));
  const expected = shapes.map(([, , , size]) => size);
  try {
    for (const [file, width, height] of shapes) {
      await transfer(ada, "paste", [{ file, type: "image/png", base64: await picture(ada, "teal", width, height) }]);
      await attached(ada, file).waitFor();
      await ada.send();
      await ben.page.locator(`#list .thumb[alt="${file}"]`).waitFor({ state: "attached" });
    }
    assert.deepEqual(await sizes(), expected);
  } finally {
    load();
    await ben.page.unrouteAll({ behavior: "wait" });
  }
  await ben.page.waitForFunction(() => [...document.querySelectorAll("#list .thumb")].at(-1).naturalWidth === 2_000);
  assert.deepEqual(await sizes(), expected);
  await ada.page.locator("#conversations .entry", { hasText: "You: Picture" }).waitFor();
  for (const tab of [ada, ben]) await tab.screenshot(shot(tab === ada ? "shapes-wide" : "shapes-phone"));
});

test("a picture that is pasted is attached, and text that is pasted with a picture is text", async () => {
  const green = await picture(ben, "seagreen");
  await transfer(ben, "paste", [{ file: "image.png", type: "image/png", base64: green }]);
  await attached(ben, "image.png").waitFor();
  await ben.fill("Look");
  await ben.send();
  await ada.seesStored("Look");
  assert.equal((await assertStored("image.png", Buffer.from(green, "base64"))).type, "image");
});

test("pictures that are attached or uploaded are shown, and kept no longer than that", async () => {
  assert.deepEqual(await keptFiles(ada), []);
  const gray = await picture(ada, "slategray");
  await transfer(ada, "paste", [{ file: "gray.png", type: "image/png", base64: gray }]);
  await attached(ada, "gray.png").locator("img").waitFor();
  assert.deepEqual(await keptFiles(ada), ["gray.png"]);
  await ada.page.locator("#conversations .entry", { hasText: "desk" }).click();
  await ada.seesTitle("desk");
  assert.deepEqual(await keptFiles(ada), []);
  await ada.open("Darkroom");
  await attached(ada, "gray.png").locator("img").waitFor();
  proxy.bytesPerSecond = 1_000;
  await ada.send();
  await upload(ada, "gray.png").locator("img").waitFor();
  assert.deepEqual(await keptFiles(ada), ["gray.png"]);
  proxy.bytesPerSecond = Infinity;
  await ada.page.locator("#unsent .message").waitFor({ state: "detached" });
  assert.deepEqual(await keptFiles(ada), []);
  assert.equal((await assertStored("gray.png", Buffer.from(gray, "base64"))).attachments[0].width, 800);
});

test("progress is shown to the sender and to the room, and an upload is paused, continued and cancelled", async () => {
  const bytes = randomBytes(2 * MEGABYTE);
  const path = await fileAt("film.mp4", bytes);
  proxy.bytesPerSecond = 300_000;
  await choose(ada, path);
  await ada.send();
  await ada.page.waitForFunction(() => document.querySelector("#unsent progress")?.value > 100_000);
  // Slow enough to last until it is cancelled, however long the checks take.
  proxy.bytesPerSecond = SLOWLY;
  await ada.page.locator("#unsent .upload-state", { hasText: /^\d+ % of 2 MB$/ }).waitFor();
  await ben.page.locator("#sending", { hasText: /^ada is sending film\.mp4, \d+ %$/ }).waitFor();
  assert.equal(await ada.page.locator("#sending").isVisible(), false);
  await assertAccessible(ada, "an upload");
  await assertAccessible(ben, "an upload of another user");
  await ada.screenshot(shot("progress-wide"));
  await ben.screenshot(shot("progress-phone"));

  await button(ada, "Pause").click();
  await upload(ada, "film.mp4").getByText(/^Paused at/).waitFor();
  assert.equal(await ada.page.evaluate(() => document.activeElement.textContent), "Resume");
  await button(ada, "Resume").click();
  await upload(ada, "film.mp4").getByText(/^\d+ % of/).waitFor();
  await button(ada, "Cancel").click();
  await ada.page.locator("#unsent .message").waitFor({ state: "detached" });
  await ben.page.locator("#sending").waitFor({ state: "hidden" });
  assert.equal((await messages()).some(({ attachments }) => attachments?.[0].fileName === "film.mp4"), false);
  proxy.bytesPerSecond = Infinity;
});

test("an upload goes on where it was after the network was cut and the server was restarted", async () => {
  const bytes = randomBytes(3 * MEGABYTE);
  proxy.bytesPerSecond = 700_000;
  proxy.received = 0;
  await choose(ada, await fileAt("archive.zip", bytes));
  await ada.fill("The archive");
  await ada.send();
  await ada.page.waitForFunction(() => document.querySelector("#unsent progress")?.value > 800_000);
  proxy.cut();
  await ada.page.waitForFunction(() => document.querySelector("#unsent progress")?.value > 1_400_000);
  await server.kill();
  proxy.cut();
  server = await startAt(server.port);
  await card(ben, "archive.zip").waitFor();
  await assertStored("archive.zip", bytes);
  assert.ok(proxy.received < bytes.length + 2.5 * MEGABYTE, `${proxy.received} bytes were sent`);
  proxy.bytesPerSecond = Infinity;
});

test("after a reload the same file is chosen again, and its upload goes on with the text that was written", async () => {
  const bytes = randomBytes(3 * MEGABYTE);
  const path = await fileAt("atlas.zip", bytes);
  proxy.bytesPerSecond = 300_000;
  proxy.received = 0;
  await choose(ada, path);
  await ada.fill("The atlas");
  await ada.send();
  // The page also counts what is in the buffers of the connection.
  while (proxy.received < 1_500_000) await new Promise((resolve) => setTimeout(resolve, 20));
  await ada.page.reload();
  await ada.seesStatus("Online");
  await upload(ada, "atlas.zip").getByText(/^Interrupted at \d+ % of 3 MB/).waitFor();
  await assertAccessible(ada, "an interrupted upload");
  await ada.screenshot(shot("interrupted-wide"));
  await chooseBy(button(ada, "Choose the file again"), await fileAt("other.zip", bytes));
  await ada.seesError("That is another file. Choose atlas.zip again, unchanged.");
  proxy.bytesPerSecond = Infinity;
  proxy.received = 0;
  await chooseBy(button(ada, "Choose the file again"), path);
  await card(ben, "atlas.zip").waitFor();
  const { content } = await assertStored("atlas.zip", bytes);
  assert.equal(content, "The atlas");
  assert.ok(proxy.received < 2.5 * MEGABYTE, `${proxy.received} bytes were sent again`);
});

test("what cannot be sent is refused in plain words before it is uploaded", async () => {
  await choose(ada, await fileAt("large.iso", randomBytes(4 * MEGABYTE + 1)), await fileAt("small.txt", "small"));
  await ada.seesError("large.iso is too large. A file may have 4 MB.");
  await attached(ada, "small.txt").waitFor();
  assert.equal(await attached(ada, "large.iso").count(), 0);
  await ada.send();
  await card(ben, "small.txt").waitFor();
});

test("a file whose link has ended is asked for at each click, also below the path of a proxy", async () => {
  const asked = await ada.page.evaluate(async () => {
    const { fillFiles } = await import("/view/files.js");
    let count = 0;
    const links = {
      urlOf: (url) => `http://localhost/team/chat${url}`,
      isCurrent: (url) => !url.startsWith("/api/files/"),
      currentUrlOf: async (url) => ((count += 1), `${links.urlOf(url)}?e=1&s=2`),
    };
    const place = document.createElement("div");
    fillFiles(place, { fileUrl: "/api/files/a", fileName: "a.txt" }, links);
    for (let i = 0; i < 2; i++) {
      place.firstChild.click();
      await new Promise((resolve) => setTimeout(resolve));
    }
    return count;
  });
  assert.equal(asked, 2);
});

test("a picture that the browser loads after its link has ended is shown with a new one", async () => {
  let requests = 0;
  await ben.page.route("**/api/files/**", async (route) => {
    if (requests++ > 0) return route.continue();
    await ben.page.evaluate(passHours);
    return route.fulfill({ status: 403 });
  });
  await transfer(ada, "paste", [{ file: "gold.png", type: "image/png", base64: await picture(ada, "goldenrod") }]);
  await attached(ada, "gold.png").waitFor();
  await ada.send();
  await ben.page.waitForFunction(() => [...document.querySelectorAll("#list .thumb")].at(-1)?.alt === "gold.png");
  await ben.page.waitForFunction(() => [...document.querySelectorAll("#list .thumb")].at(-1).naturalWidth === 800);
  assert.ok(requests > 1);
  await ben.page.unrouteAll();
});

test("a picture whose link has ended is shown with a new one", async () => {
  const sent = [];
  ben.page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  ben.page.on("request", (request) => sent.push(request.postData() ?? ""));
  await ben.page.reload();
  await ben.seesStatus("Online");
  const small = ben.page.locator("#list .picture-button").first();
  await small.waitFor();
  const isAsked = () => sent.some((request) => request.includes('"fileId"'));
  assert.equal(isAsked(), false);
  await ben.page.evaluate(passHours);
  await small.click();
  await ben.page.waitForFunction(() => document.getElementById("picture").naturalWidth === 800);
  assert.equal(isAsked(), true);
  await ben.page.keyboard.press("Escape");
});

test("nothing went wrong on the way", () => {
  for (const tab of [ada, ben]) tab.assertHealthy();
});
