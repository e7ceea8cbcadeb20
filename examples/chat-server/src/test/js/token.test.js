// Usage: node token.test.js <command that starts the server>
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";
import { openTab } from "./tab.js";

const SECRET = "a secret of at least 32 bytes, for tests";

let server, browser, tab;

before(async () => {
  const environment = { SOCKET_PORT: "0", CHAT_HOST: "127.0.0.1", CHAT_STORE: "memory", CHAT_TOKEN_SECRET: SECRET };
  [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());
  tab = await openTab(browser, {});
});

after(async () => {
  await browser?.close();
  await server?.kill();
});

test("a server with authentication asks for a token", async () => {
  await tab.page.goto(server.url);
  await tab.page.getByLabel("Your name").fill("alice");
  await tab.join();
  await tab.page.getByText("Authentication error").waitFor();
});

test("the token names the user", async () => {
  await tab.page.getByLabel("Access token").fill(tokenOf("carol"));
  await tab.join();
  await tab.seesStatus("Online");
  await tab.page.locator("#own-name", { hasText: "carol" }).waitFor();
});

test("messages carry the name in the token", async () => {
  await tab.say("Hello from carol");
  await tab.seesStored("Hello from carol");
  tab.assertHealthy();
});

test("before a token ends, another is asked for", async () => {
  const dora = await openTab(browser, {});
  await dora.page.goto(server.url);
  await dora.signIn("dora", "lobby");
  await dora.page.getByLabel("Access token").fill(tokenOf("dora", inSeconds(62)));
  await dora.join();
  await dora.page.getByLabel("New token").fill(tokenOf("eve", inSeconds(600)));
  await dora.page.getByRole("button", { name: "Stay signed in" }).click();
  await dora.page.getByText("Not allowed").waitFor();
  await dora.page.getByLabel("New token").fill(tokenOf("dora", inSeconds(600)));
  await dora.page.getByRole("button", { name: "Stay signed in" }).click();
  await dora.page.locator("#renewal").waitFor({ state: "hidden" });
  dora.assertHealthy();
});

const inSeconds = (seconds) => Math.floor(Date.now() / 1_000) + seconds;

function tokenOf(sub, exp) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ sub, exp })}`;
  return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
}
