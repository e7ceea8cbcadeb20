// Usage: node rolling.test.js <url of the control of two servers>
//
// Two React apps of ten lines chat through proxies that delay and cut their connections, while the servers restart one
// after the other. In the end both show every message, once and in the same order.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { FaultProxy } from "../../../../../chat-socketio/src/test/js/client/fault-proxy.mjs";
import { World } from "../../../../../chat-socketio/src/test/js/client/world.mjs";
import { launchBrowser } from "./browser.js";
import { compile } from "./packages.js";
import { openSite, pageWith, samples } from "./site.js";

const NAMES = ["ann", "bob"];
const RESTARTS = 4;
const SEED = 20_260_102;
const TIMEOUT = 60_000;
const FILES = ["roomcast.js", "roomcast-react.js"];

const [control] = process.argv.slice(2);
const [sample] = samples(readFileSync(new URL("../../../../../chat-socketio/CLIENT.md", import.meta.url), "utf8"), "jsx");
const command = async (path) => (await fetch(`${control}/${path}`, { method: "POST" })).json();

const site = await openSite();
const ports = await command(`start?${encodeURIComponent(site.url)}`);
const browser = await launchBrowser();
const proxies = [];

after(async () => {
  await browser.close();
  proxies.forEach((proxy) => proxy.close());
  site.close();
});

/** New connections go to this server. */
let current = 0;

test("two apps lose nothing and show nothing twice during a rolling restart", { timeout: 3 * TIMEOUT }, async () => {
  for (const file of FILES) {
    site.files[`/roomcast/client/${file}`] = await (await fetch(`http://127.0.0.1:${ports[0]}/api/client/${file}`)).text();
  }
  const pages = await Promise.all(NAMES.map(open));
  const sent = NAMES.map((name) => `${name}: hello`);
  // A page shows only the newest messages from before its first join, so both are in the room before the faults begin.
  await Promise.all(pages.map((page) => say(page, "hello")));
  await Promise.all(pages.map((page) => shows(page, sent)));
  proxies.forEach((proxy) => (proxy.isFaulty = true));
  let restarted = false;
  const restarts = restartAll().then(() => (restarted = true));
  const rounds = pages.map(async (page, i) => {
    for (let number = 1; !restarted; number++) {
      await say(page, `${NAMES[i]} ${number}`);
      sent.push(`${NAMES[i]}: ${NAMES[i]} ${number}`);
      await page.waitForTimeout(150);
    }
  });
  await Promise.all([restarts, ...rounds]);
  proxies.forEach((proxy) => (proxy.isFaulty = false));

  await Promise.all(pages.map((page) => shows(page, sent)));
  const expected = await stored();
  await Promise.all(pages.map((page) => page.waitForFunction(storedTexts, expected)));
  const [ann, bob] = await Promise.all(pages.map((page) => page.locator("p").allTextContents()));
  assert.deepEqual([...ann].sort(), [...sent].sort());
  assert.deepEqual(ann, bob);
  assert.deepEqual(await Promise.all(pages.map((page) => page.evaluate(() => window.twice))), [[], []]);
  console.log(`${sent.length} messages, ${RESTARTS} restarts`);
  assert.ok(sent.length >= 20);
});

async function open(name, i) {
  const proxy = await FaultProxy.start(new World(SEED + i), () => ports[current]);
  proxy.isFaulty = false;
  proxies.push(proxy);
  site.files[`/${name}.js`] = compile("jsx", sample).replaceAll("http://localhost:3001", proxy.url);
  site.files[`/${name}.html`] = pageWith(`import "/${name}.js";`);
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(TIMEOUT);
  page.on("dialog", (dialog) => dialog.accept(name));
  page.on("pageerror", (error) => assert.fail(error));
  await page.addInitScript(watchForRepeats);
  // Before its first effect, the app has no chat to which it could send.
  const connects = page.waitForRequest(/socket\.io/);
  await page.goto(`${site.url}/${name}.html`);
  await connects;
  return page;
}

/** Records each text that the page shows twice at any time. */
function watchForRepeats() {
  window.twice = [];
  const check = () => {
    const texts = [...document.querySelectorAll("p")].map(({ textContent }) => textContent);
    window.twice.push(...texts.filter((text, i) => texts.indexOf(text) !== i));
  };
  new MutationObserver(check).observe(document, { childList: true, subtree: true });
}

async function say(page, text) {
  const input = page.getByPlaceholder("Message");
  await input.fill(text);
  await page.keyboard.press("Enter");
  // React empties the form when it has rendered the message.
  await page.waitForFunction(() => document.querySelector("input").value === "");
}

/** Waits until the page shows as many messages as were sent. Names what is missing otherwise. */
async function shows(page, sent) {
  try {
    await page.waitForFunction((count) => document.querySelectorAll("p").length === count, sent.length);
  } catch {
    const shown = await page.locator("p").allTextContents();
    const saved = await stored();
    const without = (all, texts) => all.filter((text) => !texts.includes(text));
    assert.deepEqual({ hidden: without(sent, shown), unsaved: without(sent, saved), more: without(shown, sent) }, {});
  }
}

/** Takes each server in turn out of service, drains it and starts it again. */
async function restartAll() {
  for (let i = 0; i < RESTARTS; i++) {
    const drained = i % ports.length;
    current = (drained + 1) % ports.length;
    await command(`${drained}`);
  }
}

/** Returns the messages of the server as the apps show them. */
async function stored() {
  const texts = [];
  for (let before = "", hasMore = true; hasMore; ) {
    const response = await fetch(`http://127.0.0.1:${ports[current]}/api/conversations/lobby/messages?limit=100${before}`);
    const page = await response.json();
    texts.unshift(...page.messages.map(({ senderId, content }) => `${senderId}: ${content}`));
    before = `&before=${page.messages[0]?.seq}`;
    ({ hasMore } = page);
  }
  return texts;
}

const storedTexts = (expected) =>
  JSON.stringify([...document.querySelectorAll("p")].map(({ textContent }) => textContent)) === JSON.stringify(expected);
