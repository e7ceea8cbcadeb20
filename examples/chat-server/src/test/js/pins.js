// Pinned messages, messages with several files, and messages that expire.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { assertAccessible } from "./axe.js";
import { askAs } from "./requests.js";
import { browser, server } from "./stage.js";
import { openTab } from "./tab.js";

const GROUP = "Allotment";
const ROOM = "allotment";
const MESSAGES = 120;
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true, isMobile: true };

let karl, lena;

before(async () => {
  karl = await openTab(browser, {});
  lena = await openTab(browser, PHONE);
  await karl.enter(server.url, "karl", "yard");
  await lena.enter(server.url, "lena", "yard");
  await askAs(server, "karl", "createConversation", { kind: "group", conversationId: ROOM, title: GROUP, memberIds: ["lena"] });
  for (let i = 1; i <= MESSAGES; i++) await send("lena", { content: `Line ${i}.` });
  await karl.open(GROUP);
  await lena.back();
  await lena.open(GROUP);
  for (const tab of [karl, lena]) await tab.seesStored(`Line ${MESSAGES}.`);
});

const send = (user, message) => askAs(server, user, "sendMessage", { conversationId: ROOM, ...message });
const bar = (tab, text) => tab.page.locator("#pinned", { hasText: text }).waitFor();
const noBar = (tab) => tab.page.locator("#pinned").waitFor({ state: "hidden" });
const pinned = (tab) => tab.page.locator("#pinned");
const found = (tab, text) => tab.page.locator(".message.found", { hasText: text }).waitFor();

test("a pinned message is shown to all above the others, also after a reload, and leads to its place", async () => {
  await karl.choose("Line 120.", "Pin");
  for (const tab of [karl, lena]) await bar(tab, "Pinned Line 120.");
  await karl.message("#list", "Line 120.", "sent").locator(".pin-mark").waitFor();
  const { message } = await askAs(server, "karl", "pinMessage", { conversationId: ROOM, messageId: await idOf("Line 2.") });
  assert.equal(message.content, "Line 2.");
  for (const tab of [karl, lena]) await bar(tab, "2 pinned Line 2.");
  await lena.page.reload();
  await lena.seesStatus("Online");
  await bar(lena, "2 pinned Line 2.");
  await assertAccessible(lena, "pinned messages");
  await pinned(lena).click();
  await assertAccessible(lena, "list of pinned messages");
  assert.deepEqual(await lena.page.locator(".pin-words").allTextContents(), ["lena: Line 2.", "lena: Line 120."]);
  await lena.page.locator(".pin-words", { hasText: "Line 2." }).click();
  await found(lena, "Line 2.");
});

test("only who may pin finds it in the menu and the list, and the last one to be unpinned closes both", async () => {
  const message = lena.message("#list", "Line 3.", "sent");
  await message.hover();
  await message.locator(".more").click();
  assert.equal(await lena.page.locator("#menu").getByRole("menuitem", { name: "Pin" }).count(), 0);
  await lena.page.keyboard.press("Escape");
  await pinned(lena).click();
  assert.equal(await lena.page.getByRole("button", { name: /^Unpin/ }).count(), 0);
  await pinned(karl).click();
  await karl.page.getByRole("button", { name: "Unpin Line 2." }).click();
  await karl.page.getByRole("button", { name: "Unpin Line 120." }).click();
  for (const tab of [karl, lena]) {
    await noBar(tab);
    assert.equal(await tab.page.locator("#pins-dialog").isVisible(), false);
  }
});

test("a message shows each of its files, and one of an unknown type its text", async () => {
  const attachments = ["plan.pdf", "bed.png"].map((fileName) => ({ fileUrl: `https://files.example.org/${fileName}`, fileName }));
  await send("karl", { content: "The plans", type: "file", attachments });
  await send("karl", { content: "A vote: tea or coffee?", type: "custom", customType: "vote", metadata: { choices: ["tea", "coffee"] } });
  await lena.page.locator("#newest").click();
  await lena.seesStored("A vote: tea or coffee?");
  const files = lena.message("#list", "The plans", "sent").locator("a.file");
  assert.deepEqual(await files.allTextContents(), ["plan.pdf", "bed.png"]);
  assert.equal(await files.nth(1).getAttribute("rel"), "noopener noreferrer nofollow");
});

test("a message is gone when it expires, from the conversation and the list", async () => {
  await send("karl", { content: "The code is 4711", expiresInMs: 5_000 });
  for (const tab of [karl, lena]) await tab.seesStored("The code is 4711");
  await karl.listed(GROUP).getByText("The code is 4711").waitFor();
  for (const tab of [karl, lena]) await tab.message("#list", "The code is 4711", "sent").waitFor({ state: "detached" });
  await karl.listed(GROUP).getByText("Message deleted").waitFor();
  for (const tab of [karl, lena]) tab.assertHealthy();
});

async function idOf(content) {
  const { messages } = await askAs(server, "karl", "getMessages", { conversationId: ROOM, after: 0, limit: 100 });
  return messages.find((message) => message.content === content).id;
}
