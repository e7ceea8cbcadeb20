// Names from tokens, replies that are begun, what others may see of a user, and what the host adds to a message.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { assertAccessible } from "./axe.js";
import { askAs } from "./requests.js";
import { browser, server } from "./stage.js";
import { openTab } from "./tab.js";

const GROUP = "Orchard";
const ROOM = "orchard";
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true, isMobile: true };

let nora, laptop, phone;

before(async () => {
  await askAs(server, "nora", "getUnread", {}, { name: "Nora Berg" });
  nora = await openTab(browser, {});
  laptop = await openTab(browser, {});
  phone = await openTab(browser, PHONE);
  await askAs(server, "nora", "createConversation", { kind: "group", conversationId: ROOM, title: GROUP, memberIds: ["otto"] });
  await askAs(server, "nora", "sendMessage", { conversationId: ROOM, content: "Who picks the apples?" });
  await nora.enter(server.url, "nora", "hut");
  await laptop.enter(server.url, "otto", "hut");
  await phone.enter(server.url, "otto", "hut");
  await phone.back();
  for (const tab of [nora, laptop, phone]) await tab.open(GROUP);
  for (const tab of [nora, laptop, phone]) await tab.seesStored("Who picks the apples?");
});

const context = (tab, text) => tab.page.locator("#context", { hasText: text }).waitFor();
const noContext = (tab) => tab.page.locator("#context").waitFor({ state: "hidden" });
const preferences = (tab) => tab.page.getByRole("button", { name: "Preferences" });
const dialog = (tab) => tab.page.locator("#preferences-dialog");
const close = (tab) => tab.page.getByRole("button", { name: "Close" }).click();

/** Waits until the server answers as expected. */
async function answers(user, event, payload, isExpected) {
  while (!isExpected(await askAs(server, user, event, payload)));
}

test("names are those of the users' tokens", async () => {
  await laptop.message("#list", "Who picks the apples?", "sent").locator(".sender", { hasText: "Nora Berg" }).waitFor({ state: "attached" });
  await laptop.openPeople();
  await laptop.page.locator(".person-name", { hasText: "Nora Berg" }).waitFor();
  await close(laptop);
});

test("a reply that was begun follows to the user's other device, and outlives a reload", async () => {
  await laptop.choose("Who picks the apples?", "Reply");
  await laptop.write("I d");
  await context(phone, "Reply to Nora Berg");
  await context(phone, "Who picks the apples?");
  await phone.page.waitForFunction(() => document.getElementById("content").value === "I d");
  await phone.page.reload();
  await context(phone, "Who picks the apples?");
  assert.equal(await phone.draft(), "I d");
  await phone.page.locator("#content").press("End");
  await phone.write("o");
  await phone.send();
  const quote = nora.message("#list", "I do", "sent").locator(".quote", { hasText: "Who picks the apples?" });
  await quote.waitFor();
  for (const device of [laptop, phone]) await noContext(device);
  assert.equal(await laptop.draft(), "");
});

test("a reply without a word yet ends on both devices", async () => {
  await laptop.choose("I do", "Reply");
  await context(phone, "I do");
  await phone.page.locator("#context-end").click();
  for (const device of [laptop, phone]) await noContext(device);
});

test("a user decides in which conversations the devices notify", async () => {
  await laptop.openPeople();
  await laptop.page.getByLabel("Notify").selectOption("When mentioned");
  await answers("otto", "getConversation", { conversationId: ROOM }, ({ preferences }) => preferences.notify === "mentions");
  await phone.openPeople();
  await phone.page.waitForFunction(() => document.getElementById("notify").value === "mentions");
  await assertAccessible(phone, "settings with notifications");
  for (const tab of [laptop, phone]) await close(tab);
});

test("others do not see what a user hides, until the user shows it again", async () => {
  await askAs(server, "nora", "createConversation", { kind: "direct", memberIds: ["otto"] });
  const about = (text) => nora.page.waitForFunction((wanted) => document.getElementById("room-about").textContent === wanted, text);
  await nora.open("otto");
  await about("online");
  await preferences(laptop).click();
  for (const name of ["that you are typing", "whether you are online"]) await dialog(laptop).getByLabel(name).uncheck();
  await assertAccessible(laptop, "preferences");
  await about("offline");
  await answers("otto", "setPrivacy", {}, ({ privacy }) => privacy.readReceipts && !privacy.typing && !privacy.presence);
  await close(laptop);
  await laptop.page.reload();
  await laptop.seesStatus("Online");
  await preferences(laptop).click();
  await laptop.page.locator("#privacy:enabled").waitFor();
  assert.deepEqual(await checked(laptop), ["readReceipts"]);
  await dialog(laptop).getByLabel("whether you are online").check();
  await about("online");
  await close(laptop);
});

const checked = (tab) => tab.page.locator("#privacy input:checked").evaluateAll((fields) => fields.map(({ value }) => value));

test("what the host adds to a message is shown with it, as text and with links to the web alone", async () => {
  const tab = await openTab(browser, PHONE);
  await tab.interceptSocket();
  await tab.enter(server.url, "nora", "press");
  await tab.say("See example.org");
  await tab.seesStored("See example.org");
  const message = tab.message("#list", "See example.org", "sent");
  const messageId = await message.getAttribute("data-id");
  let version = 0;
  const annotated = (key, value) => tab.receives("messageAnnotated", { conversationId: "press", messageId, version: ++version, key, value });
  await annotated("preview", { title: "An <b>example</b>", url: "https://example.org/", description: "For documents" });
  await annotated("attack", { title: "Press me", url: "javascript:alert(1)" });
  await annotated("translation", { text: "Siehe example.org", lang: "de" });
  await annotated("reviewed", { by: 7 });
  const rows = message.locator(".annotation");
  await rows.nth(3).waitFor();
  assert.deepEqual(await rows.allTextContents(), [
    "previewAn <b>example</b>For documents",
    "attackPress me",
    "translationSiehe example.org",
    "reviewed",
  ]);
  const links = message.locator(".annotation a");
  assert.equal(await links.count(), 1);
  assert.equal(await links.getAttribute("rel"), "noopener noreferrer nofollow");
  assert.equal(await message.locator("[lang=de]").textContent(), "Siehe example.org");
  await assertAccessible(tab, "a message with annotations");
  await annotated("reviewed", undefined);
  await rows.nth(3).waitFor({ state: "detached" });
  tab.assertHealthy();
});

test("no page had an error while choices were made", () => {
  for (const tab of [nora, laptop, phone]) tab.assertHealthy();
});
