import assert from "node:assert/strict";
import { before, test } from "node:test";
import { assertAccessible } from "./axe.js";
import { browser, server } from "./stage.js";
import { openTab } from "./tab.js";

const WIDE = { viewport: { width: 1280, height: 800 }, colorScheme: "light" };
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true, isMobile: true };
const FINGER = 40;

let anna, ben;

before(async () => {
  anna = await openTab(browser, WIDE);
  ben = await openTab(browser, PHONE);
});

const press = async (...keys) => {
  for (const key of keys) await anna.page.keyboard.press(key);
};
const focused = (selector) => anna.page.locator(`${selector}:focus`).waitFor();
const first = (title) => anna.page.locator("#conversations li:first-child .entry-title", { hasText: title });
const actionsOf = (text) => anna.message("#list", text, "sent").locator(".more:focus").waitFor();

test("the entrance says what is missing, and where", async () => {
  await anna.page.goto(server.url);
  await assertAccessible(anna, "entrance");
  await press("Enter");
  await focused("#name[aria-invalid=true]");
  await assertAccessible(anna, "entrance with a mistake");
});

test("the keyboard leads from the entrance into a room", async () => {
  await anna.page.keyboard.type("anna");
  await press("Tab");
  await anna.page.keyboard.type("garden");
  await press("Enter");
  await anna.seesStatus("Online");
  await focused("#content");
  await assertAccessible(anna, "empty room");
});

test("Enter sends, with Shift it breaks the line, and nothing is not sent", async () => {
  await anna.page.keyboard.type("First line");
  await press("Shift+Enter");
  await anna.page.keyboard.type("second line");
  await press("Enter", "Enter");
  await anna.seesStored("First line");
  assert.deepEqual(await anna.contents(), ["First line\nsecond line"]);
  assert.equal(await anna.page.locator("#error").textContent(), "");
});

test("all of a group is within a finger's and a reader's reach", async () => {
  await ben.enter(server.url, "ben", "elsewhere");
  await anna.createGroup("Summer party", "ben");
  await anna.seesTitle("Summer party");
  await anna.say("Who brings the cake?");
  await ben.back();
  await ben.listed("Summer party").locator(".badge", { hasText: "1" }).waitFor();
  await assertAccessible(ben, "list with unread");
  assert.match(await ben.listed("Summer party").ariaSnapshot(), /Summer party .* anna: Who brings the cake\? 1 unread/);
  await ben.open("Summer party");
  await ben.choose("Who brings the cake?", "React with 🎉");
  await ben.choose("Who brings the cake?", "Reply");
  await assertAccessible(ben, "reply");
  await ben.say("I do");
  await ben.seesStored("I do");
  await assertAccessible(ben, "group on a phone");
  assert.deepEqual(await tooSmall(ben), []);
  await anna.seesTick("Who brings the cake?", "read");
  await assertAccessible(anna, "group");
  await anna.page.emulateMedia({ colorScheme: "dark" });
  await assertAccessible(anna, "group in the dark");
});

test("arrows lead from message to message, through a menu, and Escape out of it", async () => {
  await anna.page.locator("#content").focus();
  await press("Shift+Tab");
  await actionsOf("I do");
  await press("ArrowUp");
  await actionsOf("Who brings the cake?");
  await press("Enter");
  await focused("#menu .menu-item");
  await assertAccessible(anna, "menu");
  await press("End");
  await focused("#menu .menu-item.bad");
  await press("Escape");
  await actionsOf("Who brings the cake?");
  await press("Shift+Tab");
  await focused("#list .chip");
  await anna.page.locator("#content").focus();
  await press("ArrowUp");
  await anna.page.locator("#context-title", { hasText: "Edit message" }).waitFor();
  await assertAccessible(anna, "edit");
  await press("Escape");
  await anna.page.locator("#context").waitFor({ state: "hidden" });
});

test("dialogs are closed with Escape and give the focus back", async () => {
  for (const name of ["New conversation", "People and settings"]) {
    const opener = anna.page.getByRole("button", { name });
    await opener.focus();
    await press("Enter");
    await assertAccessible(anna, name);
    await press("Escape");
    await opener.and(anna.page.locator(":focus")).waitFor();
  }
});

test("what others write is said, and neither own words nor history are", async () => {
  await ben.say("Chocolate, too");
  const said = anna.page.locator("#announcer p");
  await said.getByText("ben: Chocolate, too").waitFor({ state: "attached" });
  await anna.page.reload();
  await anna.seesStored("Chocolate, too");
  await ben.say("And plates");
  await said.getByText("ben: And plates").waitFor({ state: "attached" });
  assert.deepEqual((await said.allTextContents()).filter((text) => /^(anna|ben):/.test(text)), ["ben: And plates"]);
});

test("a conversation that moves up the list keeps the focus, and the title counts what is new", async () => {
  await anna.open("garden");
  await anna.say("The garden is first now");
  await anna.seesStored("The garden is first now");
  await first("garden").waitFor();
  await anna.listed("Summer party").focus();
  await ben.say("Anybody there?");
  await first("Summer party").waitFor();
  await anna.listed("Summer party").and(anna.page.locator(":focus")).waitFor();
  await anna.page.waitForFunction(() => document.title === "(1) garden · Roomcast");
  await press("Enter");
  await anna.seesTitle("Summer party");
  await anna.page.waitForFunction(() => document.title === "Summer party · Roomcast");
});

test("nothing moves for those who want it still", async () => {
  await ben.write("Typing");
  await anna.seesTyping("ben is typing…");
  const animation = () =>
    anna.page.locator("#typing").evaluate((line) => getComputedStyle(line, "::before").animationName);
  assert.equal(await animation(), "breathe");
  await anna.page.emulateMedia({ reducedMotion: "reduce" });
  assert.equal(await animation(), "none");
});

test("words run the way of their script", async () => {
  await ben.fill("שלום לכולם!");
  await ben.send();
  await anna.seesStored("שלום");
  const direction = (text) =>
    anna.message("#list", text, "sent").locator(".content").evaluate((words) => getComputedStyle(words).direction);
  assert.equal(await direction("שלום"), "rtl");
  assert.equal(await direction("And plates"), "ltr");
});

test("the banner of a lost connection is said and readable", async () => {
  await ben.page.context().setOffline(true);
  await ben.seesBanner("You are offline");
  await ben.page.locator("#announcer p", { hasText: "You are offline" }).waitFor({ state: "attached" });
  await ben.say("Later");
  await ben.seesUnsent("Later");
  await assertAccessible(ben, "offline");
  await ben.page.context().setOffline(false);
  await ben.seesStored("Later");
});

test("words that were refused while others had been begun can be sent again or thrown away", async () => {
  await ben.page.context().setOffline(true);
  await ben.seesStatus("Offline");
  await ben.say("x".repeat(5_001));
  await ben.write("Meanwhile");
  await ben.page.context().setOffline(false);
  await ben.page.getByRole("button", { name: "Discard" }).waitFor();
  await assertAccessible(ben, "refused");
  assert.deepEqual(await tooSmall(ben), []);
  await ben.page.getByRole("button", { name: "Discard" }).click();
  await ben.page.locator("#unsent:empty").waitFor({ state: "attached" });
  assert.equal(await ben.draft(), "Meanwhile");
});

test("no page had an error", () => {
  anna.assertHealthy();
  ben.assertHealthy();
});

function tooSmall(tab) {
  return tab.page.locator("button:visible").evaluateAll(
    (buttons, least) =>
      buttons
        .map((made) => ({ name: made.ariaLabel ?? made.textContent, box: made.getBoundingClientRect() }))
        .filter(({ box }) => box.width < least || box.height < least)
        .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
    FINGER,
  );
}
