import assert from "node:assert/strict";
import { before, test } from "node:test";
import { browser, server } from "./stage.js";
import { openTab } from "./tab.js";

const GROUP = "Summer party";

let dora, laptop, phone;

before(async () => {
  dora = await openTab(browser, {});
  laptop = await openTab(browser, {});
  phone = await openTab(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await dora.enter(server.url, "dora", "lobby");
  await laptop.enter(server.url, "henry", "desk");
  await phone.enter(server.url, "henry", "desk");
  await phone.back();
  await dora.createGroup(GROUP, "henry");
  await dora.seesTitle(GROUP);
});

const unread = (tab, number) => tab.listed(GROUP).locator(".badge-count", { hasText: number }).waitFor();
const allRead = (tab) => tab.listed(GROUP).locator(".badge").waitFor({ state: "hidden" });

test("the devices of one user agree on what is unread", async () => {
  await dora.say("Who brings the cake?");
  await dora.seesStored("Who brings the cake?");
  await dora.say("And the plates?");
  for (const device of [laptop, phone]) await unread(device, "2");
  await laptop.open(GROUP);
  await laptop.seesStored("And the plates?");
  for (const device of [laptop, phone]) await allRead(device);
  await dora.seesTick("And the plates?", "read");
});

test("what one device writes stands on the other as the user's own, and is read on both when it is read", async () => {
  await dora.open("lobby");
  await laptop.say("I bring both");
  await phone.listed(GROUP).getByText("You: I bring both").waitFor();
  await allRead(phone);
  await phone.open(GROUP);
  for (const device of [laptop, phone]) await device.seesTick("I bring both", "delivered");
  await dora.open(GROUP);
  for (const device of [laptop, phone]) await device.seesTick("I bring both", "read");
  assert.deepEqual(await phone.contents(), await laptop.contents());
});

test("what one device changes is changed on the other", async () => {
  await phone.choose("I bring both", "Edit");
  await phone.fill("I bring the cake");
  await phone.send();
  await laptop.message("#list", "I bring the cake", "sent").locator(".edited").waitFor();
  await laptop.choose("And the plates?", "React with 👍");
  const chip = phone.message("#list", "And the plates?", "sent").getByRole("button", { name: /^👍 1/ });
  await chip.and(phone.page.locator('[aria-pressed="true"]')).waitFor();
});

test("an answer is as good as a receipt", async () => {
  await dora.say("Is it chocolate?");
  await phone.seesStored("Is it chocolate?");
  await phone.say("Of course");
  await dora.seesStored("Of course");
  await dora.seesTick("Is it chocolate?", "read");
});

test("a draft outlives a reload, belongs to its conversation, and is gone when it is sent", async () => {
  await laptop.write("Half a thought");
  await laptop.page.reload();
  await laptop.seesStored("Of course");
  assert.equal(await laptop.draft(), "Half a thought");
  await laptop.open("desk");
  await laptop.seesTitle("desk");
  assert.equal(await laptop.draft(), "");
  await laptop.open(GROUP);
  await laptop.seesStored("Of course");
  await laptop.page.keyboard.press("End");
  await laptop.page.keyboard.type(", now whole");
  await laptop.page.keyboard.press("Enter");
  await dora.seesStored("Half a thought, now whole");
  await laptop.page.reload();
  await laptop.seesStored("Half a thought, now whole");
  assert.equal(await laptop.draft(), "");
});

test("words begun without a network are sent once when it is back", async () => {
  await phone.page.context().setOffline(true);
  await phone.seesBanner("You are offline");
  await phone.write("Typed in a tunnel");
  await phone.page.context().setOffline(false);
  await phone.seesStatus("Online");
  assert.equal(await phone.draft(), "Typed in a tunnel");
  await phone.send();
  for (const tab of [dora, laptop, phone]) await tab.seesStored("Typed in a tunnel");
  for (const tab of [dora, laptop, phone]) assert.equal(await tab.count("Typed in a tunnel"), 1);
});

test("a message whose answer was lost is sent again with its key, even by a page that was loaded anew", async () => {
  const clara = await openTab(browser, {});
  await clara.canBeCut();
  await clara.enter(server.url, "clara", "lobby");
  clara.isCut = true;
  await clara.page.reload();
  const keys = [];
  await clara.page.route(/\/api\/conversations\//, async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length === 1) await route.fetch();
    await route.abort();
  });
  await clara.seesBanner("Connecting");
  await clara.say("Sent once, or twice?");
  await dora.open("lobby");
  await dora.seesStored("Sent once, or twice?");
  await clara.seesUnsent("Sent once, or twice?");
  await clara.page.unroute(/\/api\/conversations\//);
  clara.isCut = false;
  await clara.page.reload();
  await clara.seesStored("Sent once, or twice?");
  await dora.seesStored("Sent once, or twice?");
  assert.equal(new Set(keys).size, 1);
  for (const tab of [dora, clara]) assert.equal(await tab.count("Sent once, or twice?"), 1);
  clara.assertHealthy();
});

test("the list shows what changes in a conversation that was never opened", async () => {
  const ida = await openTab(browser, {});
  await ida.enter(server.url, "ida", "desk");
  await dora.createGroup("Book club", "ida");
  await dora.seesTitle("Book club");
  await dora.say("Chapter one");
  await ida.listed("Book club").getByText("dora: Chapter one").waitFor();
  await dora.seesTick("Chapter one", "delivered");
  await dora.choose("Chapter one", "Edit");
  await dora.fill("Chapter two");
  await dora.send();
  await ida.listed("Book club").getByText("dora: Chapter two").waitFor();
  await dora.choose("Chapter two", "Delete");
  await dora.page.getByRole("menuitem", { name: "Delete for everybody?" }).click();
  await ida.listed("Book club").getByText("Message deleted").waitFor();
  ida.assertHealthy();
});

test("unsent words outlive a reload in another room, and tabs share them", async () => {
  const words = ["Written in the first tab", "Written in the second tab"];
  const first = await openTab(browser, {});
  await first.enter(server.url, "gina", "lobby");
  const second = await first.sibling();
  await second.page.goto(`${server.url}#garden`);
  await second.signIn("gina", "garden");
  await second.seesStatus("Online");
  await second.open("lobby");
  await second.seesTitle("lobby");
  await first.page.context().setOffline(true);
  for (const tab of [first, second]) await tab.seesStatus("Offline");
  await first.say(words[0]);
  await second.seesUnsent(words[0]);
  await second.say(words[1]);
  await first.seesUnsent(words[1]);
  await first.page.context().setOffline(false);
  await Promise.all([first.page.reload(), second.page.reload()]);
  for (const tab of [first, second]) for (const each of words) await tab.seesStored(each);
  for (const tab of [first, second]) for (const each of words) assert.equal(await tab.count(each), 1);
  first.assertHealthy();
  second.assertHealthy();
});

test("no page had an error", () => {
  for (const tab of [dora, laptop, phone]) tab.assertHealthy();
});
