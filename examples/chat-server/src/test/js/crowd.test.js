// Usage: node crowd.test.js <command that starts the server>
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.js";
import { timeToPaint } from "./paint.js";
import { askAs } from "./requests.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";
import { openTab } from "./tab.js";

const WIDE = { viewport: { width: 1200, height: 800 }, colorScheme: "light" };
const MEMBERS = 1_000;
const MESSAGES = 200;
const TURNS = 15;
const RELOADS = 5;
const FRAME = 17;

const member = (i) => `member-${String(i).padStart(3, "0")}`;
const members = Array.from({ length: MEMBERS - 1 }, (_, i) => member(i + 1));

let server, browser, alice, anna;

/** A group of a thousand and one of two, with equally many messages. */
before(async () => {
  const environment = { SOCKET_PORT: "0", CHAT_STORE: "memory", CHAT_DEMO: "true", CHAT_RATE_LIMITS: "off" };
  [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());
  await fill("alice", "thousand", members);
  await fill("anna", "pair", [member(1)]);
  [alice, anna] = [await openTab(browser, WIDE), await openTab(browser, WIDE)];
  await alice.enter(server.url, "alice", "thousand");
  await anna.enter(server.url, "anna", "pair");
  for (const tab of [alice, anna]) await tab.seesStored(`Line ${MESSAGES}.`);
  await alice.seesAbout(`${MEMBERS} members`);
});

after(async () => {
  await browser?.close();
  await server?.kill();
});

/** Creates a group with messages of a hundred of its members. */
async function fill(owner, conversationId, memberIds) {
  await askAs(server, owner, "createConversation", { kind: "group", conversationId, title: conversationId, memberIds });
  for (let i = 1; i <= MESSAGES; i++) {
    const sender = memberIds[i % Math.min(100, memberIds.length)];
    await askAs(server, sender, "sendMessage", { conversationId, content: `Line ${i}.` });
  }
}

test("a message is painted in a group of a thousand within twice the time as in a group of two", async () => {
  for (const tab of [alice, anna]) await loadAll(tab);
  const [few, many] = [[], []];
  // The groups take turns, so that other programs delay both alike.
  for (let i = 0; i < TURNS; i++) {
    few.push((await timeToPaint(anna)).stored);
    many.push((await timeToPaint(alice)).stored);
  }
  const least = { few: Math.min(...few), many: Math.min(...many) };
  console.log(`from send to paint, with 2 and ${MEMBERS} members and ${MESSAGES} messages, in ms:`, least);
  assert.ok(least.many <= 2 * Math.max(least.few, FRAME), "until it is shown as stored");
});

test("a reloaded page shows the messages of a thousand within twice the time as those of two", async () => {
  const [few, many] = [[], []];
  for (let i = 0; i < RELOADS; i++) {
    few.push(await timeToReload(anna));
    many.push(await timeToReload(alice));
  }
  const least = { few: Math.min(...few), many: Math.min(...many) };
  console.log(`from reload to paint, with 2 and ${MEMBERS} members, in ms:`, least);
  assert.ok(least.many <= 2 * least.few, "until the newest message is shown");
  await alice.seesAbout(`${MEMBERS} members`);
});

test("the thousand are listed, and one is found by a name, also after a reload", async () => {
  const names = Object.fromEntries(members.map((userId, i) => [userId, `Person ${i + 1}`]));
  const bert = await openTab(browser, WIDE);
  const requests = await bert.asksDirectory(names);
  await bert.enter(server.url, member(500), "thousand");
  for (let i = 0; i < 2; i++) {
    requests.length = 0;
    await bert.seesStored(`Line ${MESSAGES}.`);
    await bert.page.locator("#list .sender", { hasText: "Person" }).first().waitFor();
    await bert.openPeople();
    const list = bert.page.locator("#people-list");
    await list.locator(".person-name", { hasText: /^Person 999$/ }).waitFor();
    assert.equal(await list.locator(".person").count(), MEMBERS);
    await bert.page.getByLabel("Find").fill("person 998");
    assert.deepEqual(await list.locator(".person-name").allTextContents(), ["Person 998"]);
    assert.ok(requests.length < 20, `${requests.length} requests for names`);
    await bert.page.getByRole("button", { name: "Close" }).click();
    if (i === 0) await bert.page.reload();
  }
  for (const tab of [alice, anna, bert]) tab.assertHealthy();
});

test("a large room shows numbers in place of names", async () => {
  const gina = await openTab(browser, WIDE);
  await gina.interceptSocket();
  await gina.enter(server.url, "gina", "crowd");
  await gina.receives("roomStats", { conversationId: "crowd", online: 1_234, typing: 12, large: true });
  await gina.seesAbout("1,234 here");
  await gina.seesTyping("12 people are typing…");
  await gina.receives("roomStats", { conversationId: "crowd", online: 7, typing: 0, large: false });
  await gina.seesAbout("7 here");
  await gina.seesNobodyTyping();
  gina.assertHealthy();
});

test("users are shown by their names, wherever they are, and remain text", async () => {
  const name = "Dan <b>Brown</b>";
  const hana = await openTab(browser, WIDE);
  await hana.interceptSocket();
  await askAs(server, "dan", "sendMessage", { conversationId: "named", content: "A first message" });
  await hana.enter(server.url, "hana", "named");
  await hana.seesStored("A first message");
  await hana.page.locator("#list .sender", { hasText: "dan" }).waitFor();
  await hana.receives("userUpdated", { user: { userId: "dan", name } });
  await hana.page.locator("#list .sender", { hasText: name }).waitFor();
  await hana.listed("named").getByText(`${name}: A first message`).waitFor();
  await hana.receives("userTyping", { conversationId: "named", userId: "dan", expiresInMs: 6_000 });
  await hana.seesTyping(`${name} is typing…`);
  await hana.choose("A first message", "Reply");
  await hana.page.locator("#context-title", { hasText: `Reply to ${name}` }).waitFor();
  await hana.openPeople();
  await hana.page.locator(".person-name", { hasText: name }).waitFor();
  hana.assertHealthy();
});

/** Scrolls up until all messages are loaded. */
async function loadAll(tab) {
  const rows = () => tab.page.locator("#list .message").count();
  for (let shown = await rows(); shown < MESSAGES; shown = await rows()) {
    await tab.scrollTo(0);
    await tab.page.waitForFunction((before) => document.querySelectorAll("#list .message").length > before, shown);
  }
}

/** Returns the time from a reload to the frame after the one that shows messages. */
async function timeToReload(tab) {
  const began = performance.now();
  await tab.page.reload({ waitUntil: "commit" });
  await tab.page.waitForFunction(() => document.querySelectorAll("#list .message").length >= 50);
  await tab.page.evaluate(() => new Promise(requestAnimationFrame));
  return Math.round(performance.now() - began);
}
