// Usage: node client-life.test.js <command that starts the server>
//
// The client through the life of a page: back and forward, a lost network, tokens, too many sessions, several tabs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";
import { openSite, pageWith } from "./site.js";
import { allStarted } from "./start.js";
import { SECRET, tokenOf } from "./tokens.js";

const TIMEOUT = 15_000;
const SESSIONS = 3;
/** The server announces the end of a token a minute before. */
const SOON = 62;

let server, browser, site;

before(async () => {
  site = await openSite({ "/away.html": "<!doctype html><p>Elsewhere</p>" });
  const environment = {
    SOCKET_PORT: "0",
    CHAT_HOST: "127.0.0.1",
    CHAT_STORE: "memory",
    CHAT_TOKEN_SECRET: SECRET,
    CHAT_RATE_LIMITS: "off",
    CHAT_SESSIONS_PER_USER: `${SESSIONS}`,
    CLIENT_URL: site.url,
  };
  [server, browser] = await allStarted(
    startServer(process.argv.slice(2), environment),
    launchBrowser({ ignoreDefaultArgs: ["--disable-back-forward-cache"] }),
  );
  site.files["/chat.html"] = pageWith(`
    import { io } from "socket.io-client";
    import { connect } from "${server.url}api/client/roomcast.js";
    window.tokens = [];
    window.shown = [];
    const token = () => (window.tokens.push(window.setup.tokens.shift() ?? window.tokens.at(-1)), window.tokens.at(-1));
    window.chat = connect({ url: "${server.url}", io, token, user: window.setup.user });
    window.room = window.chat.room(window.setup.room);
    window.room.subscribe(() => {});
    window.chat.subscribe(() => window.shown.push(window.chat.getSnapshot().status));
  `);
});

after(async () => {
  await browser?.close();
  await server?.kill();
  site.close();
});

/** Opens a tab that is in a room. Tabs of one context share the browser's storage. */
async function open(setup, context) {
  context ??= await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  page.on("pageerror", (error) => assert.fail(error));
  const value = { tokens: [tokenOf(setup.user)], ...setup };
  await page.addInitScript((given) => (window.setup ??= given), value);
  await page.goto(`${site.url}/chat.html`);
  return new Person(page, context);
}

class Person {
  constructor(page, context) {
    Object.assign(this, { page, context });
  }

  until(status) {
    return this.page.waitForFunction((wanted) => window.chat?.getSnapshot().status === wanted, status);
  }

  send(text) {
    return this.page.evaluate((content) => void window.room.send(content), text);
  }

  shows(texts) {
    const matches = (wanted) => {
      const stored = window.room.getSnapshot().messages.filter(({ status }) => status === undefined);
      return JSON.stringify(stored.map(({ content }) => content)) === wanted;
    };
    return this.page.waitForFunction(matches, JSON.stringify(texts));
  }

  get(expression) {
    return this.page.evaluate(expression);
  }

  close() {
    return this.context.close();
  }
}

test("a page that returns from the cache of the browser has everything", async () => {
  const [ann, bob] = await Promise.all([open({ user: "ann", room: "back" }), open({ user: "bob", room: "back" })]);
  await Promise.all([ann.until("online"), bob.until("online")]);
  await bob.send("before");
  await ann.shows(["before"]);
  await ann.page.evaluate(() => {
    window.isSame = true;
    window.addEventListener("pageshow", ({ persisted }) => (window.persisted = persisted));
  });
  await ann.page.goto(`${site.url}/away.html`);
  await bob.page.waitForFunction(() => window.room.getSnapshot().online === 1);
  await bob.send("meanwhile");
  await ann.page.goBack({ waitUntil: "commit" });
  assert.deepEqual(await ann.get(() => [window.isSame, window.persisted]), [true, true]);
  await ann.shows(["before", "meanwhile"]);
  await Promise.all([ann.close(), bob.close()]);
});

test("a browser without a network is offline, and connects when it returns", async () => {
  const ann = await open({ user: "ann", room: "network" });
  await ann.until("online");
  await ann.context.setOffline(true);
  await ann.until("offline");
  await ann.send("written offline");
  await ann.context.setOffline(false);
  await ann.shows(["written offline"]);
  await ann.until("online");
  await ann.close();
});

test("a token is renewed before it expires, on the same connection", async () => {
  const tokens = [tokenOf("ann", SOON), tokenOf("ann")];
  const ann = await open({ user: "ann", room: "tokens", tokens });
  await ann.page.waitForFunction(() => window.tokens.length === 2);
  await ann.send("renewed");
  await ann.shows(["renewed"]);
  assert.deepEqual(await ann.get(() => window.tokens), tokens);
  const afterwards = await ann.get(() => window.shown.slice(window.shown.indexOf("online")));
  assert.ok(afterwards.every((status) => status === "online"), afterwards);
  await ann.close();
});

test("a refused token is sent once, and another one connects", async () => {
  const ann = await open({ user: "ann", room: "tokens", tokens: ["bad", "bad"] });
  await ann.until("refused");
  assert.equal(await ann.get(() => window.tokens.length), 2);
  assert.equal(await ann.get(() => window.chat.getSnapshot().reason), "unauthenticated");
  await ann.page.evaluate((token) => (window.setup.tokens.push(token), window.chat.reconnect()), tokenOf("ann"));
  await ann.until("online");
  await ann.close();

  const expired = await open({ user: "ann", room: "tokens", tokens: [tokenOf("ann", -600), tokenOf("ann")] });
  await expired.until("online");
  await expired.close();
});

test("of too many sessions the oldest ends, and returns when the user looks at it", async () => {
  const people = [];
  for (let i = 0; i <= SESSIONS; i++) {
    people.push(await open({ user: "carl", room: "sessions" }));
    await people[i].until("online");
  }
  const [oldest] = people;
  await oldest.until("ended");
  assert.equal(await oldest.get(() => window.chat.getSnapshot().reason), "too_many_sessions");
  await oldest.get(() => void document.dispatchEvent(new Event("visibilitychange")));
  await oldest.until("online");
  await people[1].until("ended");
  await Promise.all(people.map((person) => person.close()));
});

test("tabs share their unsent messages, and each is sent once", async () => {
  const context = await browser.newContext();
  const tabs = [];
  for (const name of ["first", "second"]) tabs.push({ name, tab: await open({ user: "dora", room: "tabs" }, context), sends: [] });
  for (const { tab, sends } of tabs) {
    await tab.until("online");
    tab.page.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => `${payload}`.includes(`"sendMessage"`) && sends.push(payload)));
    tab.page.on("request", (request) => {
      if (request.method() !== "POST") return;
      // A new connection sends with requests until its WebSocket is open.
      if (request.postData()?.includes(`"sendMessage"`)) sends.push(request.postData());
      else if (request.url().includes("/messages")) sends.push(request);
    });
  }
  await context.route("**/api/conversations/**", (route) => route.abort());
  await context.setOffline(true);
  for (let i = 1; i <= 3; i++) for (const { name, tab } of tabs) await tab.send(`${name} ${i}`);
  const all = [1, 2, 3].flatMap((i) => tabs.map(({ name }) => `${name} ${i}`));
  for (const { tab } of tabs) await tab.page.waitForFunction(() => window.chat.getSnapshot().unsent === 6);
  tabs.forEach(({ sends }) => (sends.length = 0));
  await context.setOffline(false);
  for (const { tab } of tabs) await tab.shows(all);
  const frames = tabs.flatMap(({ sends }) => sends).filter((sent) => typeof sent === "string" || sent instanceof Uint8Array);
  assert.equal(frames.length, all.length);

  // The tab that may send is closed: the other one sends.
  await context.setOffline(true);
  await tabs[0].tab.send("written in a tab that closes");
  await tabs[1].tab.page.waitForFunction(() => window.chat.getSnapshot().unsent === 1);
  await tabs[0].tab.page.close();
  await context.setOffline(false);
  await tabs[1].tab.shows([...all, "written in a tab that closes"]);
  await context.close();
});

test("a closed client has stored what was written last, and no longer holds the browser's database", async () => {
  const person = await open({ user: "eric", room: "closed" });
  await person.until("online");
  await person.context.setOffline(true);
  await person.until("offline");
  const outcome = await person.get(async () => {
    window.room.send("unsent");
    window.chat.close();
    const success = (request) => new Promise((resolve) => (request.onsuccess = () => resolve("success")));
    const expired = () => new Promise((resolve) => setTimeout(() => resolve("still held"), 10_000));
    const [{ name }] = await indexedDB.databases();
    const opening = indexedDB.open(name);
    await success(opening);
    const counting = opening.result.transaction("outbox").objectStore("outbox").count();
    await success(counting);
    opening.result.close();
    return [counting.result, await Promise.race([success(indexedDB.deleteDatabase(name)), expired()])];
  });
  assert.deepEqual(outcome, [1, "success"]);
  await person.close();
});
