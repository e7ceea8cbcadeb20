// Usage: node two-tabs.test.js <command that starts the server>
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "./browser.js";
import { reservedPort } from "./port.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";
import { openTab } from "./tab.js";

const COMMAND = process.argv.slice(2);
const ROOM = "general";
const SHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const LINES = 130;
const WIDE = { width: 1200, height: 800 };
const PHONE = { width: 390, height: 760 };

const shot = (name) => join(SHOTS, `${name}.png`);

let folder, server, browser, alice, bob;

const startAt = (port) =>
  startServer(COMMAND, { SOCKET_PORT: port, CHAT_STORE: "embedded", CHAT_DATA_DIR: folder, CHAT_RATE_LIMITS: "off" });

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), "roomcast-"));
  [server, browser] = await allStarted(startAt(await reservedPort()), launchBrowser());
  alice = await openTab(browser, { viewport: WIDE, colorScheme: "light" });
  bob = await openTab(browser, { viewport: PHONE, colorScheme: "dark" });
});

after(async () => {
  await browser?.close();
  await server?.kill();
  await rm(folder, { recursive: true, force: true });
});

test("two people join a room", async () => {
  await alice.page.goto(server.url);
  await alice.page.getByLabel("Your name").waitFor();
  await alice.screenshot(shot("join"));
  await alice.enter(server.url, "alice", ROOM);
  await bob.enter(`${server.url}#${ROOM}`, "bob", ROOM);
});

test("messages go both ways", async () => {
  await alice.say("Good morning, bob");
  await bob.seesStored("Good morning, bob");
  await bob.say("Good morning, alice");
  await alice.seesStored("Good morning, alice");
  await alice.seesStored("Good morning, bob");
});

test("markup is text", async () => {
  await alice.say("<b>bold</b> <img src=x onerror=alert(1)>");
  await bob.seesStored("<b>bold</b> <img src=x onerror=alert(1)>");
});

test("typing is shown, and ends with the message", async () => {
  await bob.write("Shall we look at the new page together?");
  await alice.seesTyping("bob is typing…");
  await alice.screenshot(shot("wide-light"));
  await bob.send();
  await alice.seesNobodyTyping();
  await alice.seesStored("Shall we look at the new page together?");
});

test("what only known users can is not offered to others", async () => {
  await alice.message("#list", "Good morning, bob", "sent").hover();
  await alice.message("#list", "Good morning, bob", "sent").locator(".more").click();
  assert.deepEqual(await alice.page.locator("#menu .menu-item").allTextContents(), ["Reply"]);
  await alice.page.keyboard.press("Escape");
  await alice.page.getByRole("button", { name: "New conversation" }).click();
  await alice.page.getByLabel("Room name").waitFor();
  assert.equal(await alice.page.locator("#new-dialog .kinds").isVisible(), false);
  await alice.page.keyboard.press("Escape");
});

test("what the server refuses is said near the composer, and the words come back", async () => {
  await alice.fill("x".repeat(5001));
  await alice.page.locator(".counter.over", { hasText: "5,001 / 5,000" }).waitFor();
  await alice.send();
  await alice.seesError("Message too long");
  assert.equal((await alice.draft()).length, 5001);
  await alice.screenshot(shot("refused"));
  await alice.fill("");
});

test("a message written while the server is away arrives afterwards, once", async () => {
  await bob.fill("a draft of bob's");
  const { port } = server;
  await server.kill();
  await alice.seesBanner("Reconnecting");
  await alice.say("Written while the server was away");
  await alice.seesUnsent("Written while the server was away");
  await alice.screenshot(shot("away"));
  server = await startAt(port);
  await alice.seesBanner("Back online");
  await alice.seesStored("Written while the server was away");
  await bob.seesStored("Written while the server was away");
  assert.equal(await bob.draft(), "a draft of bob's");
  for (const tab of [alice, bob]) assert.equal(await tab.count("Written while the server was away"), 1);
  await bob.screenshot(shot("phone-dark"));
});

test("a server that restarts in order says so", async () => {
  const { port } = server;
  const stopped = server.stop();
  await alice.seesBanner("The server restarts");
  await stopped;
  server = await startAt(port);
  await alice.seesBanner("Back online");
  await bob.seesStatus("Online");
});

test("what was missed is fetched, without duplicates and in order", async () => {
  await bob.page.context().setOffline(true);
  await bob.seesStatus("Offline");
  for (const text of ["one", "two", "three"]) await alice.say(`Missed ${text}`);
  await alice.seesStored("Missed three");
  await bob.page.context().setOffline(false);
  await bob.seesStored("Missed three");
  assert.deepEqual(await bob.contents(), await alice.contents());
});

test("a reload keeps name, room and history", async () => {
  await alice.page.reload();
  await alice.seesStored("Missed three");
  assert.equal(await alice.page.locator("#own-name").textContent(), "alice");
  assert.deepEqual(await alice.contents(), await bob.contents());
});

test("older messages come when the reader scrolls up, and the reader's place stays", async () => {
  for (let i = 1; i <= LINES; i++) await post(i);
  const carol = await openTab(browser, { viewport: WIDE, colorScheme: "dark" });
  await carol.enter(server.url, "carol", "long");
  await carol.seesStored(`Line ${LINES} of ${LINES}`);
  assert.equal((await carol.contents()).length, 50);
  const first = await carol.page.locator("#list .message").first().elementHandle();
  await carol.scrollTo(0);
  await carol.page.locator("#list .message").nth(99).waitFor();
  assert.ok((await first.boundingBox()).y > 0, "the message at the top stays in sight");
  await carol.scrollTo(0);
  await carol.seesStored(`Line 1 of ${LINES}`);
  assert.equal((await carol.contents()).length, LINES);
  await post(LINES + 1);
  await post(LINES + 2);
  await carol.page.getByRole("button", { name: "2 new messages" }).waitFor();
  await carol.screenshot(shot("wide-dark"));
  await carol.page.getByRole("button", { name: "2 new messages" }).click();
  await carol.page.locator("#newest").waitFor({ state: "hidden" });
  carol.assertHealthy();
});

test("a message takes the way over HTTP while the socket is down", async () => {
  const dave = await openTab(browser, { viewport: WIDE, colorScheme: "light" });
  await dave.withoutSocket();
  await dave.page.goto(`${server.url}#${ROOM}`);
  await dave.signIn("dave", ROOM);
  await dave.seesBanner("Connecting");
  await dave.say("Sent without a socket");
  await alice.seesStored("Sent without a socket");
  await dave.seesStored("Sent without a socket");
  assert.equal(await alice.count("Sent without a socket"), 1);
});

test("a page that cannot go on from where it was begins again", async () => {
  const erin = await openTab(browser, { viewport: WIDE, colorScheme: "light" });
  await erin.interceptSocket();
  await erin.enter(server.url, "erin", ROOM);
  await erin.seesStored("Missed three");
  const before = await erin.contents();
  await erin.page.locator("#list .message").first().evaluate((message) => message.remove());
  await erin.receives("syncRequired", { conversationId: ROOM, reason: "position_lost" });
  await erin.page.locator("#list .message").nth(before.length - 1).waitFor();
  assert.deepEqual(await erin.contents(), before);
  erin.assertHealthy();
});

test("a session that the server ends leads to the entrance", async () => {
  const frank = await openTab(browser, { viewport: WIDE, colorScheme: "light" });
  await frank.interceptSocket();
  await frank.enter(server.url, "frank", ROOM);
  await frank.receives("sessionRevoked", { reason: "revoked", reconnect: false });
  await frank.page.getByText("The server ended your session.").waitFor();
  frank.assertHealthy();
});

test("no page had an error", () => {
  alice.assertHealthy();
  bob.assertHealthy();
});

async function post(i) {
  const response = await fetch(`${server.url}api/conversations/long/messages`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": `line-${i}` },
    body: JSON.stringify({ senderId: `author-${i}`, content: `Line ${i} of ${LINES}` }),
  });
  assert.equal((await response.json()).success, true);
}
