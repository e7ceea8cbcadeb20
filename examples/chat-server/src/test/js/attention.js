// What is one user's alone, on two devices: drafts, marks as unread, mentions, muted and archived conversations.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { assertAccessible } from "./axe.js";
import { askAs } from "./requests.js";
import { browser, server } from "./stage.js";
import { openTab } from "./tab.js";

const GROUP = "Garden club";
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true, isMobile: true };

let irma, laptop, phone;

before(async () => {
  irma = await openTab(browser, {});
  laptop = await openTab(browser, {});
  phone = await openTab(browser, PHONE);
  await irma.enter(server.url, "irma", "shed");
  await laptop.enter(server.url, "jonas", "bench");
  await phone.enter(server.url, "jonas", "bench");
  await phone.back();
  await irma.createGroup(GROUP, "jonas, jolanda");
  await irma.seesTitle(GROUP);
  await laptop.listed(GROUP).waitFor();
});

const field = (tab) => tab.page.getByLabel("Message", { exact: true });
const sees = (tab, text) => tab.page.waitForFunction((wanted) => document.getElementById("content").value === wanted, text);
const badge = (tab, text) => tab.listed(GROUP).locator(".badge", { hasText: text }).waitFor();
const noBadge = (tab) => tab.listed(GROUP).locator(".badge").waitFor({ state: "hidden" });
const offered = (tab) => tab.page.locator(".mention-option");
const show = (tab, filter) => tab.page.locator("#filters").getByText(filter, { exact: true }).click();
const mark = (tab, words) => tab.listed(GROUP).locator(".entry-marks > :not([hidden])", { hasText: words }).waitFor();

/** Waits until the server has a draft. */
async function storedDraft(user, content) {
  const { conversations } = await askAs(server, user, "getConversations", {});
  const { conversationId } = conversations.find(({ title }) => title === GROUP);
  const draft = async () => (await askAs(server, user, "getConversation", { conversationId })).preferences.draft;
  while ((await draft())?.content !== content);
}

async function readBy(tab, text, name) {
  const message = tab.message("#list", text, "sent");
  await message.hover();
  for (let isRead = false; !isRead; ) {
    await message.locator(".more").click();
    isRead = (await tab.page.locator("#menu-note").textContent()).includes(name);
    await tab.page.keyboard.press("Escape");
  }
}

async function setInDialog(tab, change) {
  await tab.openPeople();
  await change(tab.page.locator("#people-dialog"));
  await tab.page.getByRole("button", { name: "Close" }).click();
}

test("a draft follows to the user's other device, and ends on both with the message", async () => {
  await laptop.open(GROUP);
  await laptop.write("I bring the see");
  await phone.open(GROUP);
  await sees(phone, "I bring the see");
  await field(phone).press("End");
  await phone.write("ds");
  await sees(laptop, "I bring the seeds");
  await phone.send();
  await laptop.seesStored("I bring the seeds");
  await sees(laptop, "");
  assert.equal(await phone.draft(), "");
});

test("a draft of another device does not replace what was written here", async () => {
  await laptop.write("From the laptop");
  await sees(phone, "From the laptop");
  await phone.page.context().setOffline(true);
  await phone.fill("From the phone");
  await laptop.fill("From the laptop again");
  await storedDraft("jonas", "From the laptop again");
  await phone.page.context().setOffline(false);
  await sees(laptop, "From the phone");
  assert.equal(await phone.draft(), "From the phone");
  await phone.fill("");
  await sees(laptop, "");
});

test("an @ offers the people of the group, and the chosen one sees that the message is for them", async () => {
  await laptop.page.reload();
  await laptop.seesStatus("Online");
  await laptop.open("bench");
  await phone.back();
  await irma.write("Dear @j");
  assert.deepEqual(await offered(irma).allTextContents(), ["jonas", "jolanda"]);
  await assertAccessible(irma, "people to mention");
  await field(irma).press("ArrowDown");
  assert.equal(await irma.page.locator(".mention-option[aria-selected=true]").textContent(), "jolanda");
  await field(irma).press("ArrowUp");
  await field(irma).press("Enter");
  await sees(irma, "Dear @jonas ");
  await irma.write("the key, please. Not mail@jolanda");
  assert.equal(await offered(irma).count(), 0);
  await field(irma).press("Enter");
  await irma.seesStored("the key, please");
  assert.deepEqual(await irma.page.locator("#list .mention").allTextContents(), ["@jonas"]);
  for (const device of [laptop, phone]) await badge(device, "@ you, 1 unread");
  await laptop.page.waitForFunction(() => document.title.startsWith("(@1)"));
  await phone.open(GROUP);
  await phone.page.locator(".message.called", { hasText: "the key, please" }).waitFor();
  await assertAccessible(phone, "a message that mentions the user");
  for (const device of [laptop, phone]) await noBadge(device);
});

test("Escape ends the offer, and who is named without being chosen is mentioned as well", async () => {
  await irma.write("@jon");
  await field(irma).press("Escape");
  assert.equal(await offered(irma).count(), 0);
  await irma.fill("And @jolanda, or @jonasson?");
  await irma.send();
  await irma.seesStored("or @jonasson");
  const message = irma.message("#list", "or @jonasson", "sent");
  assert.deepEqual(await message.locator(".mention").allTextContents(), ["@jolanda"]);
});

test("messages that are marked as unread remain so on all devices until they are read", async () => {
  await irma.say("The first of three");
  await irma.say("The second of three");
  await irma.say("The third of three");
  await phone.seesStored("The third of three");
  await readBy(irma, "The third of three", "jonas");
  await phone.choose("The second of three", "Mark unread from here");
  await phone.listed(GROUP).waitFor();
  for (const device of [laptop, phone]) await badge(device, "2");
  await readBy(irma, "The third of three", "jonas");
  await laptop.open(GROUP);
  const next = laptop.page.locator(".day.new + .message .content");
  assert.equal(await next.textContent(), "The second of three");
  for (const device of [laptop, phone]) await noBadge(device);
});

test("a muted conversation is not counted, an archived one is in the archive, a starred one among the starred", async () => {
  await laptop.open("bench");
  await phone.open(GROUP);
  await setInDialog(phone, async (dialog) => {
    await dialog.getByLabel("Mute").selectOption("For a day");
    await dialog.getByLabel("Starred").check();
    await assertAccessible(phone, "settings of a conversation");
  });
  await phone.back();
  for (const device of [laptop, phone]) await mark(device, "starred");
  for (const device of [laptop, phone]) await mark(device, "muted");
  await irma.say("Only for those who look");
  await badge(laptop, "1");
  assert.match(await laptop.page.title(), /^bench/);
  await show(phone, "Starred");
  await phone.page.locator("#conversations .entry").nth(1).waitFor({ state: "detached" });
  await phone.listed(GROUP).waitFor();
  await show(phone, "All");

  await phone.open(GROUP);
  await setInDialog(phone, (dialog) => dialog.getByLabel("Archived").check());
  await phone.back();
  for (const device of [laptop, phone]) await device.listed(GROUP).waitFor({ state: "detached" });
  await irma.say("Now nobody looks");
  for (const device of [laptop, phone]) {
    await show(device, "Archive");
    await mark(device, "archived");
    await assertAccessible(device, "archive");
  }
  await laptop.open(GROUP);
  await laptop.seesStored("Now nobody looks");
  await setInDialog(laptop, async (dialog) => {
    await dialog.getByLabel("Archived").uncheck();
    await dialog.getByLabel("Mute").selectOption("Not muted");
  });
  await laptop.page.locator("#no-conversations", { hasText: "No conversations here." }).waitFor();
  await show(laptop, "All");
  await laptop.listed(GROUP).waitFor();
});

test("nothing went wrong on the way", () => {
  for (const tab of [irma, laptop, phone]) tab.assertHealthy();
});
