// Usage: node large.test.js <command that starts the server>
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "./browser.js";
import { timeToPaint } from "./paint.js";
import { demoToken } from "./requests.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";
import { proxyBelow } from "./sub-path.js";
import { openTab } from "./tab.js";

const SHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const WIDE = { viewport: { width: 1200, height: 800 }, colorScheme: "light" };
const FEW = 50;
const MANY = 3_000;
const KEPT = 300;
const TURNS = 15;
const FRAME = 17;
const MEMBERS = 100;

const shot = (name) => join(SHOTS, `${name}.png`);
const member = (i) => `member-${String(i).padStart(3, "0")}`;

let server, browser, alice;

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  const environment = { SOCKET_PORT: "0", CHAT_STORE: "memory", CHAT_DEMO: "true", CHAT_RATE_LIMITS: "off" };
  [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());
  alice = await openTab(browser, WIDE);
  await post("few", 1, FEW);
  await alice.enter(server.url, "alice", "few");
});

after(async () => {
  await browser?.close();
  await server?.kill();
});

test("a message is painted among thousands within twice the time as among fifty, and the page stays small", async () => {
  await alice.seesStored(`Line ${FEW} of few`);
  const anna = await openTab(browser, WIDE);
  await post("many", 1, MANY - KEPT);
  await anna.enter(server.url, "anna", "many");
  await anna.seesStored(`Line ${MANY - KEPT} of many`);
  await post("many", MANY - KEPT + 1, MANY - 1);
  await postAs("writer", "many", `Line ${MANY} of many`, "many-last");
  await anna.seesStored(`Line ${MANY} of many`);
  const times = { fewShown: [], manyShown: [], fewStored: [], manyStored: [] };
  // The rooms take turns, so that other programs delay both alike.
  for (let i = 0; i < TURNS; i++) {
    const [few, many] = [await timeToPaint(alice), await timeToPaint(anna)];
    times.fewShown.push(few.shown);
    times.manyShown.push(many.shown);
    times.fewStored.push(few.stored);
    times.manyStored.push(many.stored);
  }
  const least = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.min(...all)]));
  console.log(`from send to paint, with ${FEW} and ${MANY} messages, in ms:`, least);
  assert.ok(least.manyShown <= 2 * Math.max(least.fewShown, FRAME), "until it is shown");
  assert.ok(least.manyStored <= 2 * least.fewStored, "until it is shown as stored");
  const rows = await anna.page.locator("#list > li").count();
  assert.ok(rows >= KEPT && rows <= KEPT + 10, `${rows} rows`);
  await staysWhileMessagesArrive(anna);
  anna.assertHealthy();
  await anna.page.context().close();
  await alice.page.goto(`${server.url}#many`);
  await alice.seesStored(`Line ${MANY} of many`);
});

test("who scrolls up meets every message once, and comes back to the newest", async () => {
  const met = new Set();
  let shown = await alice.contents();
  while (shown.forEach((text) => met.add(text)), !(await alice.page.locator("#beginning").isVisible())) {
    await alice.scrollTo(0);
    await alice.page.waitForFunction(
      (first) => document.querySelector("#list .message .content").textContent !== first,
      shown[0],
    );
    shown = await alice.contents();
  }
  for (let i = 1; i <= MANY; i++) assert.ok(met.has(`Line ${i} of many`), `line ${i}`);
  assert.ok((await alice.page.locator("#list > li").count()) <= 310);
  await alice.page.getByRole("button", { name: "Jump to newest" }).click();
  await alice.seesStored(`Line ${MANY} of many`);
  alice.assertHealthy();
});

test("an answer shows what it quotes, however far back that is, and leads there and back", async () => {
  const first = await postAs("writer", "many", "Line 1 of many", "many-1");
  await postAs("writer", "many", "An answer to the first", "answer", { replyTo: first.id });
  const quote = alice.message("#list", "An answer to the first", "sent").locator(".quote");
  await quote.getByText("Line 1 of many").waitFor();
  await quote.click();
  await alice.page.locator(".message.found", { hasText: "Line 1 of many" }).waitFor();
  assert.ok((await alice.page.locator("#list > li").count()) <= 310);
  await alice.page.getByRole("button", { name: "Jump to newest" }).click();
  await alice.seesStored("An answer to the first");
  alice.assertHealthy();
});

test("a page knows at once that its network is gone, and comes back", async () => {
  const began = Date.now();
  await alice.page.context().setOffline(true);
  await alice.seesStatus("Offline");
  assert.ok(Date.now() - began < 5_000);
  await alice.page.context().setOffline(false);
  await alice.seesStatus("Online");
  await alice.say("Back again");
  await alice.seesStored("Back again");
});

test("addresses are links, and nothing else is", async () => {
  const words = "See https://example.com/a_(b)?x=1&y=2, (http://example.org/). javascript:alert(1) <img src=x onerror=alert(1)>";
  await alice.say(words);
  await alice.seesStored(words);
  const message = alice.message("#list", "See https://example.com", "sent");
  const links = await message.locator(".content a").evaluateAll((all) => all.map(({ href, rel, target }) => ({ href, rel, target })));
  assert.deepEqual(links, [
    { href: "https://example.com/a_(b)?x=1&y=2", rel: "noopener noreferrer nofollow", target: "_blank" },
    { href: "http://example.org/", rel: "noopener noreferrer nofollow", target: "_blank" },
  ]);
  assert.equal(await message.locator(".content img").count(), 0);
  assert.equal(await message.locator(".content").textContent(), words);
});

test("names that turn the writing around turn nothing but themselves", async () => {
  await postAs("\u05d0\u05d1 evil", "lobby", "Turned \u202e around", "turned");
  await alice.page.goto(`${server.url}#lobby`);
  await alice.seesStored("Turned");
  const preview = alice.page.locator(".entry-last", { hasText: "Turned" });
  await preview.waitFor();
  for (const [selector, place] of [[".entry-last bdi", preview.locator("bdi")], [".message .sender", alice.page.locator(".message .sender")]]) {
    const isolation = await place.first().evaluate((node) => getComputedStyle(node).unicodeBidi);
    assert.match(isolation, /isolate|plaintext/, selector);
  }
  await alice.screenshot(shot("turned"));
});

test("among a hundred people the actions come first, one is found by name, and removing asks first", async () => {
  const names = Array.from({ length: MEMBERS - 1 }, (_, i) => member(i + 1));
  await alice.createGroup("Everybody", names.join(", "));
  await alice.seesTitle("Everybody");
  await alice.page.locator("#room-about", { hasText: `${MEMBERS} members` }).waitFor();
  await alice.page.getByRole("button", { name: "People and settings" }).click();
  const top = (selector) => alice.page.locator(selector).evaluate((node) => node.getBoundingClientRect().top);
  assert.ok((await top("#add-form")) < (await top("#people-list")));
  assert.ok((await top("#quit")) < (await top("#people-list")));
  await alice.screenshot(shot("hundred"));
  await alice.page.getByLabel("Find").fill("MEMBER-042");
  assert.deepEqual(await alice.page.locator(".person-name").allTextContents(), [member(42)]);
  await alice.page.getByRole("button", { name: "Close" }).click();
  await alice.removeMember(member(42));
  await alice.page.locator("#room-about", { hasText: `${MEMBERS - 1} members` }).waitFor();
  alice.assertHealthy();
});

test("events that lack anything, in any order, stop nothing", async () => {
  const carol = await openTab(browser, WIDE);
  await carol.interceptSocket();
  await carol.enter(server.url, "carol", "sturdy");
  const broken = [null, 7, "text", [], {}, { conversationId: "sturdy" }, { conversationId: 7 }, { message: null },
    { message: {} }, { conversationId: "sturdy", message: { id: "x" } }, { conversationId: "new", message: { seq: 1 } },
    { conversationId: "sturdy", message: { id: "odd", seq: 1_000 } },
    { conversation: {} }, { conversation: { conversationId: "c1" } },
    { conversation: { conversationId: "c2", kind: "group", members: [null, {}, { userId: 7 }], lastMessage: {} } },
    { conversation: { conversationId: "c3", kind: "direct", updatedAt: "never", lastMessage: { id: "m", seq: 1, createdAt: "x" } } },
    { conversationId: "sturdy", messageId: "odd", version: 5, reactions: { a: null, b: {}, c: 7 } },
    { conversationId: "sturdy", messages: [null, {}, { id: "y" }], covered: null }, { userId: null }, { userId: "u" }];
  const events = ["receiveMessage", "messageEdited", "messageDeleted", "messageReactions", "messagesDelivered", "messagesRead",
    "userTyping", "userStoppedTyping", "userViewing", "userStoppedViewing", "userJoined", "userLeft", "roomSync",
    "unreadChanged", "conversationUpdated", "memberAdded", "memberRemoved", "memberUpdated", "presenceChanged", "userUpdated",
    "roomStats", "customEvent"];
  for (const event of events) for (const payload of broken) await carol.receives(event, payload);
  await carol.listed("c1").waitFor();
  await carol.say("Still here");
  await carol.seesStored("Still here");
  await carol.receives("conversationUpdated", { conversation: { conversationId: "fresh", kind: "group", title: "Fresh", latestSeq: 0 } });
  await carol.listed("Fresh").waitFor();
  carol.assertHealthy();
});

test("what the browser keeps may be broken", async () => {
  const dave = await openTab(browser, WIDE);
  await dave.page.goto(server.url);
  await dave.page.evaluate(() => {
    localStorage.setItem("roomcast.rooms.dave", "{not json");
    localStorage.setItem("roomcast.outbox.dave.1", "null");
    localStorage.setItem("roomcast.outbox.dave.2", "{not json");
    sessionStorage.setItem("roomcast.place", "{not json");
  });
  await dave.enter(server.url, "dave", "sturdy");
  await dave.say("Undamaged");
  await dave.seesStored("Undamaged");
  dave.assertHealthy();
});

test("the page works below a path of a proxy's, and asks for nothing outside of it", async () => {
  const proxy = await proxyBelow("/team/chat/", server.url);
  try {
    const erin = await openTab(browser, WIDE);
    await erin.enter(proxy.url, "erin", "below");
    await erin.say("Below a path");
    await erin.seesStored("Below a path");
    const frank = await openTab(browser, WIDE);
    await frank.withoutSocket();
    await frank.page.goto(proxy.url);
    await frank.signIn("frank", "below");
    await frank.say("Without a socket");
    await erin.seesStored("Without a socket");
    assert.deepEqual(proxy.outside.filter((url) => url !== "/favicon.ico"), []);
  } finally {
    proxy.close();
  }
});

/** Reads older messages while new ones arrive, which then do not push out those that are read. */
async function staysWhileMessagesArrive(tab) {
  const [first] = await tab.contents();
  await tab.scrollTo(2_000);
  await tab.page.getByRole("button", { name: "Jump to newest" }).waitFor();
  for (let i = 1; i <= 3; i++) await postAs("writer", "many", `Meanwhile ${i}`, `meanwhile-${i}`);
  const newest = tab.page.getByRole("button", { name: "3 new messages" });
  await newest.waitFor();
  assert.equal((await tab.contents())[0], first);
  await newest.click();
  await tab.seesStored("Meanwhile 3");
}

async function post(room, from, to) {
  for (let i = from; i <= to; i += 20) {
    const some = Array.from({ length: Math.min(20, to - i + 1) }, (_, k) => i + k);
    await Promise.all(some.map((line) => postAs("writer", room, `Line ${line} of ${room}`, `${room}-${line}`)));
  }
}

/** Stores a message, once for each key, and returns it. */
async function postAs(user, room, content, key, more) {
  const response = await fetch(`${server.url}api/conversations/${room}/messages`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": key,
      Authorization: `Bearer ${demoToken(user)}`,
    },
    body: JSON.stringify({ content, ...more }),
  });
  const { success, message } = await response.json();
  assert.equal(success, true);
  return message;
}
