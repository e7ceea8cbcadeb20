// Usage: node react.test.js <command that starts the server>
//
// The hooks for React with React itself: StrictMode, ends, transitions, rendering on a server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launchBrowser } from "./browser.js";
import { PAGE_EVENTS, recordWhatLives } from "./live.js";
import { compile } from "./packages.js";
import { startServer } from "./server.js";
import { openSite, pageWith, samples } from "./site.js";
import { allStarted } from "./start.js";
import { SECRET, tokenOf } from "./tokens.js";

const ROOT = new URL("../../../../../", import.meta.url);
const TIMEOUT = 15_000;
const TEN_LINES = 10;

const [sample] = samples(readFileSync(new URL("chat-socketio/CLIENT.md", ROOT), "utf8"), "jsx");
const lab = compile("jsx", readFileSync(new URL("react-lab.jsx", import.meta.url), "utf8"));
let server, open, browser, site;

before(async () => {
  site = await openSite();
  const environment = { SOCKET_PORT: "0", CHAT_HOST: "127.0.0.1", CHAT_STORE: "memory", CLIENT_URL: site.url };
  const start = (more) => startServer(process.argv.slice(2), { ...environment, ...more });
  [server, open, browser] = await allStarted(
    start({ CHAT_TOKEN_SECRET: SECRET, CHAT_RATE_LIMITS: "off" }),
    start({}),
    launchBrowser(),
  );
  const client = (name) => `${server.url}api/client/${name}.js`;
  site.files["/lab.js"] = lab;
  site.files["/lab"] = site.files["/lab.html"] = pageWith(`import "/lab.js";`, {
    roomcast: client("roomcast"),
    "roomcast-react": client("roomcast-react"),
    "roomcast-push-react": client("roomcast-push-react"),
  });
  site.files["/App.js"] = compile("jsx", sample)
    .replaceAll("http://localhost:3001/", open.url)
    .replaceAll("./roomcast/", `${open.url}api/`);
  site.files["/app.html"] = pageWith(`import "/App.js";`);
});

after(async () => {
  await browser?.close();
  await Promise.all([server?.kill(), open?.kill()]);
  site.close();
});

/** Opens the lab as a user, who has nothing mounted yet. */
async function enter(user, parts) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  const setup = { url: server.url, token: tokenOf(user), parts };
  await page.addInitScript((value) => (window.setup = value), setup);
  await page.addInitScript(recordWhatLives, PAGE_EVENTS);
  await page.goto(`${site.url}/lab.html`);
  await page.waitForFunction(() => window.lab);
  // The libraries add a few listeners when they are loaded.
  await page.evaluate(() => window.live.listeners.clear());
  const run = (method, ...values) => page.evaluate(([name, all]) => void window.lab[name](...all), [method, values]);
  const sees = (id, text) => page.locator(`#${id}`).getByText(text, { exact: true }).waitFor();
  return { context, page, problems, run, sees, shows: (id, text) => page.locator(`#${id}`, { hasText: text }).waitFor() };
}

const leftOver = (person) => person.page.evaluate(() => window.whatLives());

async function assertNothingLives(person) {
  await person.page
    .waitForFunction(() => window.whatLives().length === 0)
    .catch(async () => assert.deepEqual(await leftOver(person), []));
}

test("ten lines are an app", async () => {
  assert.ok(sample.split("\n").filter((line) => line.trim()).length <= TEN_LINES);
  const people = await Promise.all(
    ["ann", "bob"].map(async (name) => {
      const page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(TIMEOUT);
      page.on("dialog", (dialog) => dialog.accept(name));
      page.on("pageerror", (error) => assert.fail(error));
      await page.goto(`${site.url}/app.html`);
      return page;
    }),
  );
  const [ann, bob] = people;
  await ann.getByPlaceholder("Message").fill("hello");
  await ann.keyboard.press("Enter");
  await bob.getByText("ann: hello", { exact: true }).waitFor();
  await bob.getByPlaceholder("Message").fill("hi");
  await bob.keyboard.press("Enter");
  await ann.getByText("bob: hi", { exact: true }).waitFor();
  assert.deepEqual(await ann.locator("p").allTextContents(), ["ann: hello", "bob: hi"]);
});

for (const strict of [false, true]) {
  test(`${strict ? "in" : "without"} StrictMode one chat is left after mounting, and nothing after unmounting`, async () => {
    const [ann, bob] = await Promise.all([enter("ann"), enter("bob")]);
    await ann.run("mount", strict);
    await ann.shows("status", "ann is online");
    await ann.sees("online", "1");
    const statuses = await ann.page.evaluate(() => window.lab.chats.map((chat) => chat.getSnapshot().status));
    assert.deepEqual(statuses, strict ? ["closed", "online"] : ["online"]);
    assert.equal(await ann.page.evaluate(() => window.live.sockets.size), 1);

    await bob.run("mount", strict);
    await ann.sees("online", "2");
    await bob.run("send", `hello ${strict}`);
    await ann.sees("room", `hello ${strict}`);
    await bob.run("unmount");
    await ann.sees("online", "1");
    await assertNothingLives(bob);
    await ann.run("unmount");
    await assertNothingLives(ann);
    assert.deepEqual([...ann.problems, ...bob.problems], []);
    await Promise.all([ann, bob].map(({ context }) => context.close()));
  });
}

test("a component has the notifications of its chat, and closes them", async () => {
  const ann = await enter("ann", ["status", "push"]);
  const pushes = () => ann.page.evaluate(() => window.lab.pushes.map(({ chat, isOpen }) => [window.lab.chats.indexOf(chat), isOpen]));
  await ann.run("mount", true);
  await ann.sees("push", "off");
  await ann.run("enable");
  await ann.sees("push", "on");
  const [last, ...others] = (await pushes()).reverse();
  assert.deepEqual(last, [(await ann.page.evaluate(() => window.lab.chats.length)) - 1, true]);
  await ann.run("show", ["status"]);
  await ann.page.locator("#push").waitFor({ state: "detached" });
  assert.ok([...others, ...(await pushes())].every(([, isOpen]) => !isOpen));
  await ann.run("unmount");
  assert.deepEqual(ann.problems, []);
  await ann.context.close();
});

test("a room is left with its last component, and another is entered with another id", async () => {
  const [ann, bob] = await Promise.all([enter("ann"), enter("bob")]);
  await Promise.all([ann, bob].map((person) => person.run("mount", true)));
  await ann.sees("online", "2");
  await bob.run("show", ["status"]);
  await ann.sees("online", "1");
  await bob.run("show", ["room", "typing"]);
  await ann.sees("online", "2");
  await bob.run("show", ["typing"]);
  await bob.run("typed");
  await bob.run("enter", "elsewhere");
  await ann.sees("online", "1");
  await bob.run("enter", null);
  await bob.run("show", ["room", "chat"]);
  assert.equal(await bob.page.evaluate(() => window.lab.send("nowhere").code), "unavailable");
  assert.equal(await bob.page.evaluate(() => window.lab.chat === window.lab.chats.at(-1)), true);
  assert.deepEqual([...ann.problems, ...bob.problems], []);
  await Promise.all([ann, bob].map(({ context }) => context.close()));
});

test("a message does not render who types, and typing does", async () => {
  const [ann, bob] = await Promise.all([enter("ann", ["room", "typing"]), enter("bob", ["room", "typing"])]);
  await Promise.all([ann, bob].map((person) => person.run("mount")));
  await ann.sees("online", "2");
  const renders = () => ann.page.evaluate(() => window.lab.renders.typists);
  const before = await renders();
  for (let i = 1; i <= 3; i++) await bob.run("send", `line ${i}`);
  await ann.sees("room", "line 3");
  assert.equal(await renders(), before);
  await bob.run("typed");
  await ann.shows("typists", "bob");
  await bob.run("stop");
  await ann.page.waitForFunction(() => document.querySelector("#typists").textContent === "");
  assert.equal(await renders(), before + 2);
  await Promise.all([ann, bob].map(({ context }) => context.close()));
});

test("the inbox follows its conversations", async () => {
  const [ann, bob] = await Promise.all([enter("ann", ["status", "inbox", "chat"]), enter("bob", ["status", "inbox"])]);
  await Promise.all([ann, bob].map((person) => person.run("mount", true)));
  await Promise.all([ann, bob].map((person) => person.page.locator("#status", { hasText: "online" }).waitFor()));
  await ann.page.evaluate(async () => {
    const request = { kind: "group", conversationId: "team", title: "Team", memberIds: ["bob"] };
    await window.lab.chat.request("createConversation", request);
    window.lab.chat.room("team").send("welcome");
  });
  await bob.shows("inbox", "Team 1");
  await Promise.all([ann, bob].map(({ context }) => context.close()));
});

test("the members of a group are shown and remain current, and a message does not render them", async () => {
  const [ann, bob] = await Promise.all([enter("ann", ["members", "chat"]), enter("bob", ["status", "chat"])]);
  await Promise.all([ann, bob].map((person) => person.run("mount", true)));
  await bob.page.locator("#status", { hasText: "online" }).waitFor();
  const ask = (event, payload) =>
    bob.page.evaluate(([name, value]) => window.lab.chat.request(name, value).then(({ success }) => success), [event, payload]);
  assert.ok(await ask("createConversation", { kind: "group", conversationId: "crew", memberIds: ["ann"] }));
  await ann.run("enter", "crew");
  await ann.sees("members", "ann,bob");
  assert.ok(await ask("addMembers", { conversationId: "crew", memberIds: ["carol"] }));
  await ann.sees("members", "ann,bob,carol");
  const renders = () => ann.page.evaluate(() => window.lab.renders.members);
  const before = await renders();
  await bob.page.evaluate(() => void window.lab.chat.room("crew").send("hello"));
  await ann.page.waitForFunction(() => window.lab.chat.room("crew").getSnapshot().messages.length === 1);
  assert.equal(await renders(), before);
  await Promise.all([ann, bob].map(({ context }) => context.close()));
});

test("all components of a commit show the same, although events interrupt transitions", async () => {
  const [ann, bob] = await Promise.all([enter("ann"), enter("bob")]);
  await bob.run("mount");
  await bob.page.locator("#room[data-status=ready]").waitFor();
  await ann.run("mountMany");
  const before = await bob.page.locator("#room p").count();
  await ann.page.waitForFunction((count) => window.lab.highest === count, before);
  for (let i = 0; i < 20; i++) {
    await ann.run("transition");
    await bob.run("send", `during ${i}`);
  }
  await ann.page.waitForFunction((count) => window.lab.highest === count, before + 20);
  const { torn, commits } = await ann.page.evaluate(() => ({ torn: window.lab.torn, commits: window.lab.commits }));
  assert.deepEqual(torn, []);
  assert.ok(commits > 2);
  await Promise.all([ann, bob].map(({ context }) => context.close()));
});

test("a server renders without a connection, and the browser takes over what it has rendered", async () => {
  const { html, connects } = await renderOnServer();
  assert.equal(connects, 0);
  assert.match(html, /<p id="status">connecting<\/p>/);
  site.files["/lab.html"] = site.files["/lab"].replace(`<div id="app"></div>`, `<div id="app">${html}</div>`);
  const ann = await enter("ann");
  await ann.run("hydrate");
  await ann.shows("status", "ann is online");
  await ann.run("send", "after hydration");
  await ann.sees("room", "after hydration");
  assert.deepEqual(ann.problems, []);
  await ann.context.close();
});

/** Renders the lab's components with react-dom/server. */
async function renderOnServer() {
  const resolve = createRequire(new URL("chat-socketio/src/test/js/package.json", ROOT)).resolve;
  const fileUrl = (name) => pathToFileURL(resolve(name)).href;
  const source = async (name) => (await fetch(`${server.url}api/client/${name}.js`)).text();
  const dataUrl = (code) => `data:text/javascript,${encodeURIComponent(code)}`;
  const react = JSON.stringify(fileUrl("react"));
  const hooks = dataUrl((await source("roomcast-react")).replace(`"react"`, react));
  const pushHook = (await source("roomcast-push-react")).replace(`"react"`, react).replace("./roomcast-react.js", hooks);
  const imports = {
    react: fileUrl("react"),
    "react/jsx-runtime": fileUrl("react/jsx-runtime"),
    "react-dom/client": dataUrl("export const createRoot = null, hydrateRoot = null;"),
    "socket.io-client": dataUrl("export const io = null;"),
    roomcast: dataUrl("export const connect = null;"),
    "roomcast-react": hooks,
    "roomcast-push-react": dataUrl(pushHook),
  };
  const named = (from, name) => `from ${JSON.stringify(imports[name])}`;
  globalThis.window = { setup: {} };
  const { App, ChatProvider } = await import(dataUrl(lab.replaceAll(/from "([^"]+)"/g, named)));
  delete globalThis.window.document;
  const { createElement, StrictMode } = await import(imports.react);
  const { renderToString } = await import(fileUrl("react-dom/server"));
  let connects = 0;
  const provider = createElement(ChatProvider, { connect: () => connects++ }, createElement(App));
  return { html: renderToString(createElement(StrictMode, null, provider)), connects };
}
