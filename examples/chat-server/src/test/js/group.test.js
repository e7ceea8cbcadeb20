// Usage: node group.test.js <command that starts the server>
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";
import { openTab } from "./tab.js";

const SHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const WIDE = { width: 1200, height: 800 };
const PHONE = { width: 390, height: 760 };

const shot = (name) => join(SHOTS, `${name}.png`);

let server, browser, alice, bob;

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  const environment = { SOCKET_PORT: "0", CHAT_STORE: "memory", CHAT_DEMO: "true", CHAT_RATE_LIMITS: "off" };
  [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());
  alice = await openTab(browser, { viewport: WIDE, colorScheme: "light" });
  bob = await openTab(browser, { viewport: WIDE, colorScheme: "dark" });
});

after(async () => {
  await browser?.close();
  await server?.kill();
});

test("a group appears in the list of everybody in it", async () => {
  await alice.enter(server.url, "alice", "lobby");
  await bob.enter(server.url, "bob", "other");
  await alice.createGroup("Summer party", "bob");
  await alice.seesTitle("Summer party");
  await bob.listed("Summer party").waitFor();
});

test("nothing is shown of calls where the server has none", async () => {
  assert.equal(await alice.page.locator("[id^=call-]:visible, [id^=ring-]:visible").count(), 0);
});

test("an unread message is counted until it is looked at, and its tick goes from sent to read", async () => {
  await alice.say("Who brings the cake?");
  await alice.seesTick("Who brings the cake?", "delivered");
  await bob.listed("Summer party").locator(".badge", { hasText: "1" }).waitFor();
  await bob.listed("Summer party").getByText("alice: Who brings the cake?").waitFor();
  await bob.screenshot(shot("unread-dark"));
  await bob.open("Summer party");
  await bob.seesStored("Who brings the cake?");
  await alice.seesTick("Who brings the cake?", "read");
  await bob.listed("Summer party").locator(".badge").waitFor({ state: "hidden" });
  await alice.seesViewer("bob");
  await alice.message("#list", "Who brings the cake?", "sent").hover();
  await alice.message("#list", "Who brings the cake?", "sent").locator(".more").click();
  await alice.page.getByText("Read by bob").waitFor();
  await alice.page.keyboard.press("Escape");
});

test("an answer quotes, and leads to what it answers", async () => {
  await bob.choose("Who brings the cake?", "Reply");
  await bob.say("I do. Chocolate?");
  const quote = alice.message("#list", "I do. Chocolate?", "sent").locator(".quote");
  await quote.getByText("Who brings the cake?").waitFor();
  await quote.click();
  await alice.page.locator(".message.found", { hasText: "Who brings the cake?" }).waitFor();
});

test("a reaction is seen by the other, counted, and taken back", async () => {
  await alice.choose("I do. Chocolate?", "React with 🎉");
  const chip = (tab) => tab.message("#list", "I do. Chocolate?", "sent").getByRole("button", { name: /^🎉/ });
  await chip(bob).and(bob.page.locator('[aria-pressed="false"]')).waitFor();
  await chip(bob).click();
  await chip(alice).locator(".chip-count", { hasText: "2" }).waitFor();
  assert.equal(await chip(alice).getAttribute("aria-pressed"), "true");
  await alice.screenshot(shot("group-wide"));
  await chip(alice).click();
  await chip(bob).locator(".chip-count", { hasText: "1" }).waitFor();
});

test("other words are seen by the other, and marked", async () => {
  await alice.choose("Who brings the cake?", "Edit");
  await alice.fill("Who brings the cakes?");
  await alice.send();
  await bob.message("#list", "Who brings the cakes?", "sent").locator(".edited").waitFor();
  assert.equal(await bob.count("Who brings the cake?"), 0);
});

test("the menu is used with the keyboard alone", async () => {
  await alice.say("A typo, sorry");
  await alice.seesStored("A typo, sorry");
  await alice.message("#list", "A typo, sorry", "sent").locator(".more").focus();
  await alice.page.keyboard.press("Enter");
  await alice.page.locator("#menu .menu-item:focus").waitFor();
  await alice.screenshot(shot("menu"));
  await alice.page.keyboard.press("Escape");
  assert.equal(await alice.message("#list", "A typo, sorry", "sent").locator(".more:focus").count(), 1);
  await alice.page.keyboard.press("Enter");
  await alice.page.keyboard.press("ArrowUp");
  await alice.page.keyboard.press("ArrowUp");
  await alice.page.keyboard.press("ArrowDown");
  await alice.page.keyboard.press("Enter");
  await alice.page.getByRole("menuitem", { name: "Delete for everybody?" }).waitFor();
  await alice.page.keyboard.press("Enter");
  await bob.tombstone().waitFor();
  assert.equal(await bob.count("A typo, sorry"), 0);
});

test("two tabs of one user agree on what is read", async () => {
  const second = await bob.sibling();
  await second.page.goto(`${server.url}`);
  await second.enter(server.url, "bob", "elsewhere");
  await alice.say("Bring plates, too");
  await second.listed("Summer party").getByText("Bring plates, too").waitFor();
  await second.listed("Summer party").locator(".badge").waitFor({ state: "hidden" });
  await second.page.close();
});

test("a new member sees the group, and one who is removed does not", async () => {
  const carol = await openTab(browser, { viewport: PHONE, colorScheme: "light" });
  await carol.enter(server.url, "carol", "lobby");
  await alice.addMember("carol");
  await carol.back();
  await carol.open("Summer party");
  await carol.seesStored("Bring plates, too");
  await carol.screenshot(shot("phone-light"));
  await carol.back();
  await carol.screenshot(shot("phone-list"));
  await alice.removeMember("carol");
  await carol.listed("Summer party").waitFor({ state: "detached" });
  carol.assertHealthy();
});

test("who is removed while reading sees why, and reads on when added again", async () => {
  const dan = await openTab(browser, { viewport: WIDE, colorScheme: "light" });
  await dan.enter(server.url, "dan", "lobby");
  await alice.addMember("dan");
  await dan.open("Summer party");
  await dan.seesStored("Bring plates, too");
  await alice.removeMember("dan");
  await dan.page.locator("#nothing-why", { hasText: "Summer party: Not allowed" }).waitFor();
  await dan.listed("Summer party").waitFor({ state: "detached" });
  await alice.addMember("dan");
  await dan.open("Summer party");
  await dan.seesStored("Bring plates, too");
  await alice.removeMember("dan");
  dan.assertHealthy();
  await dan.page.context().close();
});

test("who belongs to the group is still known after a reload", async () => {
  await alice.page.reload();
  await alice.seesStored("Bring plates, too");
  await alice.page.locator("#room-about", { hasText: "2 members" }).waitFor();
  await alice.seesTick("Bring plates, too", "read");
});

test("the group of an address is known before the list of conversations is", async () => {
  const address = alice.page.url();
  const late = await openTab(browser, { viewport: WIDE, colorScheme: "light" });
  await late.holdsBack("getConversations");
  await late.enter(server.url, "alice", decodeURIComponent(new URL(address).hash.slice(1)));
  await late.seesTitle("Summer party");
  await late.seesAbout("2 members");
  assert.equal(late.heldBack.length, 1, "the list was requested and is not loaded");
  late.release();
  await late.listed("Summer party").getByText("Bring plates, too").waitFor();
  await late.seesAbout("2 members");
  late.assertHealthy();
  await late.page.context().close();
});

test("a member who becomes an admin may do more, and what nobody may any more is not offered", async () => {
  const role = (tab, name) => tab.page.getByLabel(`Role of ${name}`);
  await bob.openPeople();
  assert.equal(await bob.page.getByLabel("Add people").isVisible(), false);
  await alice.openPeople();
  await role(alice, "bob").selectOption("admin");
  await bob.page.getByLabel("Add people").waitFor();
  assert.equal(await role(bob, "alice").isVisible(), false, "nobody acts on a higher role");
  await role(alice, "bob").selectOption("member");
  await bob.page.getByLabel("Add people").waitFor({ state: "hidden" });
  for (const tab of [alice, bob]) await tab.page.getByRole("button", { name: "Close" }).click();
});

test("a group that its owner deletes is gone for everybody", async () => {
  await alice.createGroup("Short-lived", "bob");
  await alice.seesTitle("Short-lived");
  await bob.open("Short-lived");
  await bob.seesTitle("Short-lived");
  await alice.openPeople();
  await alice.page.getByRole("button", { name: "Delete for everybody" }).click();
  await alice.page.getByRole("button", { name: "Really delete it" }).click();
  for (const tab of [alice, bob]) {
    await tab.listed("Short-lived").waitFor({ state: "detached" });
    await tab.page.locator("#nothing-why", { hasText: "Short-lived" }).waitFor();
    await tab.open("Summer party");
    await tab.seesTitle("Summer party");
  }
});

test("a message written without a network arrives once", async () => {
  await alice.page.context().setOffline(true);
  await alice.seesBanner("You are offline");
  await alice.say("Written on the train");
  await alice.seesUnsent("Written on the train");
  await alice.screenshot(shot("offline"));
  await bob.say("Are you on the train?");
  await alice.page.context().setOffline(false);
  await bob.seesStored("Written on the train");
  await alice.seesStored("Are you on the train?");
  for (const tab of [alice, bob]) assert.equal(await tab.count("Written on the train"), 1);
});

test("what changed without a network is seen on the way back", async () => {
  await bob.page.context().setOffline(true);
  await bob.seesStatus("Offline");
  await alice.choose("Written on the train", "React with 👍");
  await alice.choose("Who brings the cakes?", "Edit");
  await alice.fill("Who brings the pies?");
  await alice.send();
  await alice.addMember("erin");
  await alice.choose("Bring plates, too", "Delete");
  await alice.page.getByRole("menuitem", { name: "Delete for everybody?" }).click();
  await alice.tombstone().nth(1).waitFor();
  await bob.page.context().setOffline(false);
  await bob.tombstone().nth(1).waitFor();
  await bob.message("#list", "Written on the train", "sent").getByRole("button", { name: /^👍 1/ }).waitFor();
  await bob.seesStored("Who brings the pies?");
  await bob.seesAbout("3 members");
  assert.deepEqual(await bob.contents(), await alice.contents());
});

test("a direct conversation shows who is here", async () => {
  await alice.createDirect("bob");
  await alice.seesTitle("bob");
  await alice.page.locator("#room-about", { hasText: "online" }).waitFor();
  await alice.say("Just you and me");
  await bob.open("alice");
  await bob.seesStored("Just you and me");
  await bob.write("Yes");
  await alice.seesTyping("bob is typing…");
  await alice.screenshot(shot("direct"));
});

test("no page had an error", () => {
  alice.assertHealthy();
  bob.assertHealthy();
});
