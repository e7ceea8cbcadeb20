// Usage: node members.test.js <command that starts the server>
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertAccessible } from "./axe.js";
import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";
import { openTab } from "./tab.js";

const SHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const WIDE = { viewport: { width: 1200, height: 800 }, colorScheme: "light" };

let server, browser, anna;

before(async () => {
  const environment = { SOCKET_PORT: "0", CHAT_STORE: "memory", CHAT_DEMO: "true", CHAT_ACCESS_POLICY: "members", CHAT_CONTENT_LENGTH: "1000" };
  [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());
  anna = await openTab(browser, WIDE);
});

after(async () => {
  await browser?.close();
  await server?.kill();
});

test("a new user is shown where to begin, and no room that is closed", async () => {
  await anna.page.goto(server.url);
  await anna.page.getByLabel("Your name").fill("anna");
  await anna.join();
  await anna.page.locator("#own-state", { hasText: "Online" }).waitFor();
  await anna.page.getByText("Choose a conversation, or begin one.").waitFor();
  assert.equal(await anna.page.locator("#conversation").isVisible(), false);
  assert.equal(await anna.page.locator("#nothing-why").textContent(), "");
  await assertAccessible(anna, "nothing chosen");
  await anna.page.screenshot({ path: join(SHOTS, "begin.png") });
});

test("a room that was named and is closed says so", async () => {
  await anna.page.goto(`${server.url}#secret`);
  await anna.page.locator("#nothing-why", { hasText: "secret" }).waitFor();
});

test("the first conversation is one press away", async () => {
  await anna.page.getByRole("button", { name: "Begin a conversation" }).click();
  await anna.page.locator("#new-person").fill("ben");
  await anna.page.getByRole("button", { name: "Start" }).click();
  await anna.seesTitle("ben");
  await anna.say("Hello");
  await anna.seesStored("Hello");
  anna.assertHealthy();
});

test("a text is counted by the limit of the server", async () => {
  const counter = anna.page.locator("#counter");
  await anna.fill("x".repeat(899));
  assert.equal(await counter.textContent(), "");
  await anna.fill("x".repeat(1_000));
  assert.deepEqual([await counter.textContent(), await counter.getAttribute("class")], ["1,000 / 1,000", "counter"]);
  await anna.fill("x".repeat(1_001));
  assert.deepEqual([await counter.textContent(), await counter.getAttribute("class")], ["1,001 / 1,000", "counter over"]);
  await anna.fill("");
});

test("a group of one has one member", async () => {
  const about = (text) => anna.page.waitForFunction((wanted) => document.getElementById("room-about").textContent === wanted, text);
  await anna.createGroup("Alone", "gus");
  await about("2 members, 1 here");
  await anna.removeMember("gus");
  await about("1 member, 1 here");
});

test("going from one conversation to the next runs into no limit", async () => {
  const refusals = [];
  const carl = await openTab(browser, WIDE);
  carl.page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => String(payload).includes("rate_limited") && refusals.push(payload)),
  );
  await carl.page.goto(server.url);
  await carl.page.getByLabel("Your name").fill("carl");
  await carl.join();
  await carl.page.locator("#own-state", { hasText: "Online" }).waitFor();
  for (const person of ["dora", "emil", "fred"]) await carl.createDirect(person);
  for (let i = 0; i < 8; i++) {
    for (const person of ["dora", "emil", "fred"]) {
      await carl.open(person);
      await carl.seesTitle(person);
    }
  }
  await carl.write("a few words");
  await carl.send();
  await carl.seesStored("a few words");
  assert.deepEqual(refusals, []);
  carl.assertHealthy();
});
