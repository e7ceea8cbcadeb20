// Usage: node frontends.test.js <command that starts the server>
//
// Plays the samples of the guide for front ends: each framework shows the same chat to two people.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.js";
import { compile } from "./packages.js";
import { startServer } from "./server.js";
import { openSite, pageWith, samples } from "./site.js";
import { allStarted } from "./start.js";

const DOCUMENTED_SERVER = "http://localhost:3001";
const CLIENT = ["roomcast/client/roomcast.js", "roomcast/client/roomcast-react.js"];
const HISTORY = 60;
const TIMEOUT = 15_000;

const document = readFileSync(new URL("../../../../../chat-socketio/FRONTENDS.md", import.meta.url), "utf8");
const documented = (language) => samples(document, language)[0].replaceAll(DOCUMENTED_SERVER, server.url.replace(/\/$/, ""));
const folder = mkdtempSync(join(tmpdir(), "frontends-"));
let server, browser, site;

before(async () => {
  site = await openSite();
  const environment = {
    SOCKET_PORT: "0",
    CHAT_HOST: "127.0.0.1",
    CHAT_STORE: "memory",
    CHAT_RATE_LIMITS: "off",
    CLIENT_URL: site.url,
  };
  [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());
  const [, curl] = documented("sh").split("\n");
  execFileSync("sh", ["-c", curl], { cwd: folder });
  for (const file of CLIENT) site.files[`/${file}`] = readFileSync(join(folder, "src", file), "utf8");
  site.files["/chat.js"] = documented("js");
});

after(async () => {
  await browser?.close();
  await server?.kill();
  site.close();
  rmSync(folder, { recursive: true });
});

/** How each sample becomes a page. */
const PAGES = {
  plain: () => documented("html").replace("<script", `${pageWith("").split("<div")[0].replace("<!doctype html>", "")}<script`),
  react() {
    site.files["/Lobby.js"] = compile("jsx", documented("jsx"));
    return pageWith(`import "/Lobby.js";`);
  },
  vue() {
    site.files["/Lobby.js"] = compile("vue", documented("vue"));
    return pageWith(`import { createApp } from "vue"; import Lobby from "/Lobby.js"; createApp(Lobby).mount("#app");`);
  },
  svelte() {
    site.files["/Lobby.js"] = compile("svelte", documented("svelte"));
    return pageWith(`import { mount } from "svelte"; import Lobby from "/Lobby.js"; mount(Lobby, { target: document.querySelector("#app") });`);
  },
};

for (const [name, page] of Object.entries(PAGES)) {
  test(`the sample for ${name} is a chat`, async () => {
    // Each sample has a room of its own.
    const room = `lobby-of-${name}`;
    site.files["/"] = page();
    for (const [path, content] of Object.entries(site.files)) site.files[path] = content.replaceAll(/lobby(-of-\w+)?"/g, `${room}"`);
    for (let i = 1; i <= HISTORY; i++) await post(room, `Line ${i}`);
    const [ann, bob] = await Promise.all([open("ann"), open("bob")]);
    await chat(ann, bob);
    assert.deepEqual([...ann.problems, ...bob.problems], []);
    await Promise.all([ann, bob].map(({ context }) => context.close()));
  });
}

async function chat(ann, bob) {
  await Promise.all([ann, bob].map((person) => person.sees("online")));
  await ann.says("hello");
  await bob.sees("ann: hello");
  await bob.input.pressSequentially("hi");
  await ann.sees("bob typing");
  await bob.page.keyboard.press("Enter");
  await ann.sees("bob: hi");
  assert.equal(await bob.input.inputValue(), "");

  await bob.context.setOffline(true);
  await bob.sees("offline");
  await bob.says("written offline");
  await bob.page.getByText("bob: written offline (sending)").waitFor();
  await ann.says("meanwhile");
  await bob.context.setOffline(false);
  await ann.sees("bob: written offline");
  await Promise.all([ann, bob].map((person) => person.sees("ann: meanwhile")));

  await ann.says("x".repeat(6_000));
  await ann.page.getByText("(failed)").waitFor();
  await ann.page.getByRole("button", { name: "Send again" }).click();
  await ann.page.getByText("(failed)").waitFor();
  assert.ok(!(await ann.lines()).some((line) => line.startsWith("writer: Line 1 ")));
  await ann.page.getByRole("button", { name: "Older messages" }).click();
  await ann.sees("writer: Line 1");
  await ann.page.getByRole("button", { name: "Older messages" }).waitFor({ state: "hidden" });
  assert.equal(new Set(await ann.lines()).size, HISTORY + 5);
}

async function open(name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const problems = [];
  page.on("dialog", (dialog) => dialog.accept(name));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && isProblem(message.text()) && problems.push(message.text()));
  await page.goto(site.url);
  const input = page.getByPlaceholder("Message");
  return {
    context,
    page,
    problems,
    input,
    sees: (text) => page.getByText(text, { exact: true }).waitFor(),
    async says(text) {
      await input.fill(text);
      await page.keyboard.press("Enter");
    },
    lines: async () => (await page.locator("li").allTextContents()).map((line) => line.trim()),
  };
}

/** A browser logs each connection that fails. */
const isProblem = (text) => !/ERR_INTERNET_DISCONNECTED|WebSocket connection to|Failed to load resource/.test(text);

async function post(room, content) {
  const response = await fetch(`${server.url}api/conversations/${room}/messages`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ senderId: "writer", content }),
  });
  assert.equal(response.status, 200, await response.text());
}
