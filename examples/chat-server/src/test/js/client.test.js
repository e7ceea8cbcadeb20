// Usage: node client.test.js <command that starts the server>
//
// Plays the page of the client's documentation: two people, a lost connection, and a reload with an unsent message.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";

const ROOT = new URL("../../../../../", import.meta.url);
const LIBRARY = new URL("chat-socketio/src/test/js/node_modules/client-4/dist/socket.io.esm.min.js", ROOT);
const DOCUMENTED_SERVER = "http://localhost:3001";
const DOCUMENTED_LIBRARY = /https:\/\/cdn\.[^"]*/;

const document = readFileSync(new URL("chat-socketio/CLIENT.md", ROOT), "utf8");
const [sample] = document.match(/(?<=^```html\n)[^]*?(?=^```$)/m);
let server, browser, site;

before(async () => {
  site = createServer(serve).listen(0, "127.0.0.1");
  await once(site, "listening");
  const environment = {
    SOCKET_PORT: "0",
    CHAT_HOST: "127.0.0.1",
    CHAT_STORE: "memory",
    CLIENT_URL: `http://127.0.0.1:${site.address().port}`,
  };
  [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());
});

after(async () => {
  await browser?.close();
  await server?.kill();
  site.close();
});

function serve(request, response) {
  const isLibrary = request.url === "/socket.io.js";
  response.setHeader("Content-Type", isLibrary ? "text/javascript" : "text/html");
  const page = sample.replaceAll(DOCUMENTED_SERVER, server.url.replace(/\/$/, "")).replace(DOCUMENTED_LIBRARY, "/socket.io.js");
  response.end(isLibrary ? readFileSync(LIBRARY) : page);
}

/** Opens the page as another person, in a browser profile of its own. */
async function open(name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("dialog", (dialog) => dialog.accept(name));
  page.on("pageerror", (error) => assert.fail(error));
  await page.goto(`http://127.0.0.1:${site.address().port}/`);
  return { context, page };
}

async function say(page, text) {
  await page.getByPlaceholder("Message").fill(text);
  await page.keyboard.press("Enter");
}

const shows = (page, text) => page.getByText(text, { exact: true }).waitFor({ timeout: 15_000 });
const lines = (page) => page.locator("li").allTextContents();

test("the documented page is a chat of at most 15 lines", async () => {
  assert.ok(sample.trim().split("\n").length <= 15);
  const [ann, bob] = await Promise.all([open("ann"), open("bob")]);
  await say(ann.page, "hello");
  await shows(bob.page, "ann: hello");
  await say(bob.page, "hi");
  await shows(ann.page, "bob: hi");

  await bob.context.setOffline(true);
  await say(bob.page, "written offline");
  await shows(bob.page, "bob: written offline");
  await say(ann.page, "meanwhile");
  await bob.page.waitForTimeout(300);
  await bob.context.setOffline(false);
  await shows(ann.page, "bob: written offline");
  await shows(bob.page, "ann: meanwhile");

  assert.deepEqual(await lines(ann.page), await lines(bob.page));
  assert.equal(new Set(await lines(ann.page)).size, 4);
});

test("an unsent message survives a reload and is stored once although two tabs send it", async () => {
  const { context, page } = await open("carl");
  await shows(page, "ann: hello");
  await page.route("**/api/conversations/**", (route) => route.abort());
  await context.setOffline(true);
  await say(page, "before the reload");
  await shows(page, "carl: before the reload");
  await page.waitForFunction(
    async () => {
      const [{ name }] = await indexedDB.databases();
      const database = await new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result)));
      const request = database.transaction("outbox").objectStore("outbox").count();
      const count = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      database.close();
      return count === 1;
    },
  );
  await context.setOffline(false);
  const second = await context.newPage();
  second.on("dialog", (dialog) => dialog.accept("carl"));
  await Promise.all([page.reload(), second.goto(page.url())]);
  await shows(page, "carl: before the reload");
  await shows(second, "carl: before the reload");
  const observer = await open("dora");
  await shows(observer.page, "carl: before the reload");
  assert.equal((await lines(observer.page)).filter((line) => line === "carl: before the reload").length, 1);
});
