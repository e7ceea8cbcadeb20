// Usage: node nodes.test.js <url of the cluster> <process id of one of its servers>
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "./browser.js";
import { openTab } from "./tab.js";

const [URL_OF_CLUSTER, SERVER] = process.argv.slice(2);
const SHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const VIEWPORT = { width: 900, height: 700 };
const TABS = ["ann", "bob", "cat", "dan"];

let browser, tabs;

/** Each says a line, and all others see it. */
const all_talk = async (line) => {
  for (const [i, tab] of tabs.entries()) {
    await tab.say(`${line} from ${TABS[i]}`);
    await Promise.all(tabs.map((other) => other.seesStored(`${line} from ${TABS[i]}`)));
  }
};

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  browser = await launchBrowser();
  tabs = await Promise.all(TABS.map(() => openTab(browser, { viewport: VIEWPORT })));
});

after(() => browser?.close());

test("four people, spread over two servers, chat", async () => {
  for (const [i, tab] of tabs.entries()) await tab.enter(URL_OF_CLUSTER, TABS[i], "general");
  await all_talk("Good morning");
});

test("they chat on when a server is killed, and each message is there once", async () => {
  process.kill(Number(SERVER), "SIGKILL");
  await all_talk("Still here");
  const lines = ["Good morning", "Still here"].flatMap((line) => TABS.map((name) => `${line} from ${name}`));
  for (const tab of tabs) assert.deepEqual(await tab.contents(), lines);
  for (const tab of tabs) tab.assertHealthy();
  await tabs[0].screenshot(join(SHOTS, "nodes.png"));
});
