// Usage: node access.test.js <command that starts the server>
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./axe.js";
import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";
import { openTab } from "./tab.js";

const WIDE = { viewport: { width: 1280, height: 800 }, colorScheme: "light" };
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true, isMobile: true };
const FINGER = 40;

let server, browser, alice, bob;

before(async () => {
  const environment = { SOCKET_PORT: "0", CHAT_STORE: "memory", CHAT_DEMO: "true", CHAT_RATE_LIMITS: "off" };
  [server, browser] = await Promise.all([startServer(process.argv.slice(2), environment), launchBrowser()]);
  alice = await openTab(browser, WIDE);
  bob = await openTab(browser, PHONE);
});

after(async () => {
  await browser?.close();
  await server?.kill();
});

const press = async (...keys) => {
  for (const key of keys) await alice.page.keyboard.press(key);
};
const focused = (selector) => alice.page.locator(`${selector}:focus`).waitFor();
const first = (title) => alice.page.locator("#conversations li:first-child .entry-title", { hasText: title });
const actionsOf = (text) => alice.message("#list", text, "sent").locator(".more:focus").waitFor();

test("the entrance says what is missing, and where", async () => {
  await alice.page.goto(server.url);
  await assertAccessible(alice, "entrance");
  await press("Enter");
  await focused("#name[aria-invalid=true]");
  await assertAccessible(alice, "entrance with a mistake");
});

test("the keyboard leads from the entrance into a room", async () => {
  await alice.page.keyboard.type("alice");
  await press("Tab");
  await alice.page.keyboard.type("lobby");
  await press("Enter");
  await alice.seesStatus("Online");
  await focused("#content");
  await assertAccessible(alice, "empty room");
});

test("Enter sends, with Shift it breaks the line, and nothing is not sent", async () => {
  await alice.page.keyboard.type("First line");
  await press("Shift+Enter");
  await alice.page.keyboard.type("second line");
  await press("Enter", "Enter");
  await alice.seesStored("First line");
  assert.deepEqual(await alice.contents(), ["First line\nsecond line"]);
  assert.equal(await alice.page.locator("#error").textContent(), "");
});

test("all of a group is within a finger's and a reader's reach", async () => {
  await bob.enter(server.url, "bob", "elsewhere");
  await alice.createGroup("Summer party", "bob");
  await alice.seesTitle("Summer party");
  await alice.say("Who brings the cake?");
  await bob.back();
  await bob.listed("Summer party").locator(".badge", { hasText: "1" }).waitFor();
  await assertAccessible(bob, "list with unread");
  assert.match(await bob.listed("Summer party").ariaSnapshot(), /Summer party .* alice: Who brings the cake\? 1 unread/);
  await bob.open("Summer party");
  await bob.choose("Who brings the cake?", "React with 🎉");
  await bob.choose("Who brings the cake?", "Reply");
  await assertAccessible(bob, "reply");
  await bob.say("I do");
  await bob.seesStored("I do");
  await assertAccessible(bob, "group on a phone");
  assert.deepEqual(await tooSmall(bob), []);
  await alice.seesTick("Who brings the cake?", "read");
  await assertAccessible(alice, "group");
  await alice.page.emulateMedia({ colorScheme: "dark" });
  await assertAccessible(alice, "group in the dark");
});

test("arrows lead from message to message, through a menu, and Escape out of it", async () => {
  await alice.page.locator("#content").focus();
  await press("Shift+Tab");
  await actionsOf("I do");
  await press("ArrowUp");
  await actionsOf("Who brings the cake?");
  await press("Enter");
  await focused("#menu .menu-item");
  await assertAccessible(alice, "menu");
  await press("End");
  await focused("#menu .menu-item.bad");
  await press("Escape");
  await actionsOf("Who brings the cake?");
  await press("Shift+Tab");
  await focused("#list .chip");
  await alice.page.locator("#content").focus();
  await press("ArrowUp");
  await alice.page.locator("#context-title", { hasText: "Edit message" }).waitFor();
  await assertAccessible(alice, "edit");
  await press("Escape");
  await alice.page.locator("#context").waitFor({ state: "hidden" });
});

test("dialogs are closed with Escape and give the focus back", async () => {
  for (const name of ["New conversation", "People and settings"]) {
    const opener = alice.page.getByRole("button", { name });
    await opener.focus();
    await press("Enter");
    await assertAccessible(alice, name);
    await press("Escape");
    await opener.and(alice.page.locator(":focus")).waitFor();
  }
});

test("what others write is said, and neither own words nor history are", async () => {
  await bob.say("Chocolate, too");
  const said = alice.page.locator("#announcer p");
  await said.getByText("bob: Chocolate, too").waitFor({ state: "attached" });
  await alice.page.reload();
  await alice.seesStored("Chocolate, too");
  await bob.say("And plates");
  await said.getByText("bob: And plates").waitFor({ state: "attached" });
  assert.deepEqual((await said.allTextContents()).filter((text) => /^(alice|bob):/.test(text)), ["bob: And plates"]);
});

test("a conversation that moves up the list keeps the focus, and the title counts what is new", async () => {
  await alice.open("lobby");
  await alice.say("The lobby is first now");
  await alice.seesStored("The lobby is first now");
  await first("lobby").waitFor();
  await alice.listed("Summer party").focus();
  await bob.say("Anybody there?");
  await first("Summer party").waitFor();
  await alice.listed("Summer party").and(alice.page.locator(":focus")).waitFor();
  await alice.page.waitForFunction(() => document.title === "(1) lobby · Roomcast");
  await press("Enter");
  await alice.seesTitle("Summer party");
  await alice.page.waitForFunction(() => document.title === "Summer party · Roomcast");
});

test("nothing moves for those who want it still", async () => {
  await bob.write("Typing");
  await alice.seesTyping("bob is typing…");
  const animation = () =>
    alice.page.locator("#typing").evaluate((line) => getComputedStyle(line, "::before").animationName);
  assert.equal(await animation(), "breathe");
  await alice.page.emulateMedia({ reducedMotion: "reduce" });
  assert.equal(await animation(), "none");
});

test("words run the way of their script", async () => {
  await bob.fill("שלום לכולם!");
  await bob.send();
  await alice.seesStored("שלום");
  const direction = (text) =>
    alice.message("#list", text, "sent").locator(".content").evaluate((words) => getComputedStyle(words).direction);
  assert.equal(await direction("שלום"), "rtl");
  assert.equal(await direction("And plates"), "ltr");
});

test("the banner of a lost connection is said and readable", async () => {
  await bob.page.context().setOffline(true);
  await bob.seesBanner("You are offline");
  await bob.page.locator("#announcer p", { hasText: "You are offline" }).waitFor({ state: "attached" });
  await bob.say("Later");
  await bob.seesUnsent("Later");
  await assertAccessible(bob, "offline");
  await bob.page.context().setOffline(false);
  await bob.seesStored("Later");
});

test("no page had an error", () => {
  alice.assertHealthy();
  bob.assertHealthy();
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
