// Push notifications: when a device is registered and unregistered, and what the service worker is told. The browser is a
// model; the service worker itself is tested in a real one.
import assert from "node:assert/strict";
import { pushOf } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-push.js";
import { failure } from "./model-server.mjs";
import { openChat } from "./opened.mjs";

const KEY = "BPq_-A";
const QUIET = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };

/** A browser whose user gives an answer, and whose push service gives a new endpoint for each subscription. */
class PushBrowser {
  isSupported = true;
  answer = "granted";
  asked = 0;
  told = [];
  badge = 0;
  stored = {};
  #permission = "default";
  #subscriptions = 0;
  #subscription = null;
  #listeners = new Set();

  registration = {
    active: { postMessage: (message) => this.told.push(message) },
    pushManager: {
      getSubscription: async () => this.#subscription,
      subscribe: async ({ applicationServerKey }) => {
        if (this.refuses) throw new Error("no push service");
        return (this.#subscription = this.#made(applicationServerKey));
      },
    },
  };

  #made(key) {
    const endpoint = `https://push.example/${++this.#subscriptions}`;
    const { buffer } = Uint8Array.from(Buffer.from(key, "base64url"));
    return {
      endpoint,
      options: { applicationServerKey: buffer },
      toJSON: () => ({ endpoint, keys: { p256dh: "public", auth: "secret" } }),
      unsubscribe: async () => (this.#subscription = null),
    };
  }

  base = () => "http://server/chat/";
  locale = () => "de";
  permission = () => this.#permission;
  load = (key) => this.stored[key] ?? null;
  save = (key, value) => (this.stored[key] = value);
  setBadge = (count) => (this.badge = count);

  async ask() {
    this.asked++;
    return (this.#permission = this.answer);
  }

  async worker(url) {
    this.url = url;
    return this.registration;
  }

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The service worker sends a message. Returns what the page answers. */
  says(data) {
    const answers = [];
    this.#listeners.forEach((listener) => listener({ data, ports: [{ postMessage: (answer) => answers.push(answer) }] }));
    return answers;
  }

  /** The user changes the settings of the browser. */
  forbid() {
    this.#permission = "denied";
  }
}

/** Opens a chat at a server with push notifications. */
async function open({ browser = new PushBrowser(), key = KEY, answers = {}, options } = {}) {
  const registered = () => ({ success: true, deviceId: "device" });
  const opened = await openChat({
    session: key ? { push: { web: { applicationServerKey: key } } } : {},
    answers: { registerDevice: registered, ...answers },
  });
  const push = pushOf(opened.chat, options ?? {}, browser);
  const state = () => push.getSnapshot().status;
  return { ...opened, browser, push, state };
}

/** Lets the world pass until the request is answered. */
async function done({ run }, request) {
  await run(2);
  return request;
}

async function deviceIsRegisteredWhenTheUserSwitchesItOn() {
  const opened = await open();
  const { browser, push, state, requested } = opened;
  assert.deepEqual([state(), browser.asked, requested("registerDevice").length], ["off", 0, 0]);
  const asked = push.enable(QUIET);
  assert.equal(browser.asked, 1, "the browser is asked while the press is handled");
  assert.equal((await done(opened, asked)).success, true);
  const keys = { p256dh: "public", auth: "secret" };
  assert.deepEqual(requested("registerDevice"), [{ platform: "web", token: "https://push.example/1", keys, quiet: QUIET, locale: "de" }]);
  assert.deepEqual(push.getSnapshot(), { status: "on", quiet: QUIET });
  assert.equal(browser.url, "http://server/chat/api/client/roomcast-worker.js?page=http%3A%2F%2Fserver%2Fchat%2F%23%7BconversationId%7D");
  await done(opened, push.setQuiet(null));
  assert.equal(requested("registerDevice")[1].quiet, undefined);
  assert.deepEqual(push.getSnapshot(), { status: "on" });
}

async function failuresAreReported() {
  const cases = [
    ["no service", { key: null }, (browser) => browser, "not_supported", "unsupported"],
    ["no support", {}, (browser) => (browser.isSupported = false), "not_supported", "unsupported"],
    ["forbidden", {}, (browser) => (browser.answer = "denied"), "forbidden", "blocked"],
    ["not answered", {}, (browser) => (browser.answer = "default"), "forbidden", "off"],
    ["no push service", {}, (browser) => (browser.refuses = true), "unavailable", "off"],
    ["refused by the server", { answers: { registerDevice: () => failure("invalid_payload", false) } }, () => {}, "invalid_payload", "off"],
  ];
  for (const [name, more, prepare, code, status] of cases) {
    const browser = new PushBrowser();
    prepare(browser);
    const opened = await open({ browser, ...more });
    assert.equal((await done(opened, opened.push.enable())).code, code, name);
    assert.equal(opened.state(), status, name);
  }
}

async function deviceIsNotRegisteredBeforeTheFirstConnection() {
  const browser = new PushBrowser();
  const chat = { getSnapshot: () => ({ status: "connecting", userId: "alice", unsent: 0 }), subscribe: () => () => {} };
  const push = pushOf(chat, {}, browser);
  assert.deepEqual([(await push.enable()).code, push.getSnapshot().failure?.code], ["unavailable", "unavailable"]);
}

async function knownDeviceIsRegisteredOnEachConnection() {
  const first = await open();
  const { browser } = first;
  await done(first, first.push.enable(QUIET));
  first.server.cutAll();
  await first.run(5);
  assert.equal(first.requested("registerDevice").length, 2);
  first.push.close();
  first.chat.close();
  const later = await open({ browser });
  assert.equal(later.state(), "on");
  await later.run(2);
  assert.deepEqual(later.requested("registerDevice").map(({ token, quiet }) => [token, quiet]), [["https://push.example/1", QUIET]]);
  assert.equal(browser.asked, 1);
}

async function anotherKeyOfTheServerReplacesTheSubscription() {
  const first = await open();
  const { browser } = first;
  await done(first, first.push.enable());
  const later = await open({ browser, key: "BAAB" });
  await later.run(2);
  assert.equal(later.requested("registerDevice")[0].token, "https://push.example/2");
  assert.deepEqual(later.requested("unregisterDevice"), [{ token: "https://push.example/1" }]);
}

async function deviceOfAnotherUserIsLeftAlone() {
  const browser = new PushBrowser();
  browser.stored["roomcast push"] = { userId: "bob", token: "https://push.example/bob" };
  const opened = await open({ browser });
  await opened.run(2);
  assert.deepEqual([opened.state(), opened.requested("registerDevice").length], ["off", 0]);
  await done(opened, opened.push.enable());
  assert.deepEqual([opened.state(), browser.stored["roomcast push"].userId], ["on", "alice"]);
}

async function notificationsEndWhenTheUserSwitchesThemOffOrForbidsThem() {
  for (const end of ["disable", "forbid"]) {
    const opened = await open();
    const { browser, push, requested, state } = opened;
    await done(opened, push.enable());
    if (end === "forbid") {
      browser.forbid();
      opened.server.cutAll();
      await opened.run(5);
    } else await done(opened, push.disable());
    assert.deepEqual(requested("unregisterDevice"), [{ token: "https://push.example/1" }], end);
    assert.deepEqual(browser.told.at(-1), { roomcast: "forget" });
    assert.equal(browser.stored["roomcast push"], null);
    assert.equal(state(), end === "forbid" ? "blocked" : "off");
  }
}

async function whatIsReadIsTold() {
  const listed = (conversationId, readSeq, latestSeq) => ({ conversationId, kind: "group", updatedAt: "2026-01-01", latestSeq, readSeq, preferences: { version: 0 } });
  const getConversations = () => ({ success: true, conversations: [listed("one", 3, 5), listed("two", 0, 4)] });
  const opened = await open({ answers: { getConversations } });
  const { browser, push, run, tell } = opened;
  await done(opened, push.enable());
  await run(2);
  assert.deepEqual([browser.told, browser.badge], [[{ roomcast: "read", readSeqs: { one: 3 } }], 6]);
  tell("messagesRead", { conversationId: "two", userId: "alice", upToSeq: 4, at: "2026-01-01" });
  tell("messagesRead", { conversationId: "one", userId: "bob", upToSeq: 5, at: "2026-01-01" });
  await run(1);
  assert.deepEqual([browser.told.at(-1), browser.badge], [{ roomcast: "read", readSeqs: { two: 4 } }, 2]);
  assert.equal(browser.told.length, 2);
}

/** The numbers of messages begin again, so with what it knew the service worker would show none. */
async function serviceWorkerForgetsWhatItKnewOfAnotherEpochOrUser() {
  const listed = (readSeq) => ({ conversationId: "one", kind: "group", updatedAt: "2026-01-01", latestSeq: readSeq, readSeq, preferences: { version: 0 } });
  let readSeq = 9;
  const answers = { getConversations: () => ({ success: true, conversations: [listed(readSeq)] }) };
  const first = await open({ answers });
  const { browser, push, server, run } = first;
  const told = (seq) => ({ roomcast: "read", readSeqs: { one: seq } });
  await done(first, push.enable());
  await run(2);
  readSeq = 1;
  server.newEpoch();
  await run(5);
  assert.deepEqual(browser.told, [told(9), { roomcast: "forget", badge: null }, told(1)]);
  server.cutAll();
  await run(5);
  assert.equal(browser.told.length, 3, "the epoch is the same");

  for (const [field, value] of [["epoch", "another"], ["userId", "bob"]]) {
    browser.told = [];
    browser.stored["roomcast push"] = { ...browser.stored["roomcast push"], [field]: value };
    const later = await open({ browser, answers });
    await done(later, later.push.enable());
    await later.run(2);
    assert.deepEqual(browser.told.filter(({ roomcast }) => roomcast === "forget").length, 1, field);
    assert.deepEqual(browser.told.at(-1), told(1), field);
  }
}

async function pressOpensAConversationInThePageOfTheUser() {
  const pressed = [];
  const opened = await open({ options: { onOpen: (id) => pressed.push(id) } });
  const { browser, push } = opened;
  const press = () => browser.says({ roomcast: "open", conversationId: "one" });
  assert.deepEqual([press(), pressed], [[], []], "the device is not the user's");
  await done(opened, push.enable());
  assert.deepEqual([press(), pressed], [[true], ["one"]]);
  push.close();
  assert.deepEqual(press(), []);
}

await deviceIsRegisteredWhenTheUserSwitchesItOn();
await failuresAreReported();
await deviceIsNotRegisteredBeforeTheFirstConnection();
await knownDeviceIsRegisteredOnEachConnection();
await anotherKeyOfTheServerReplacesTheSubscription();
await deviceOfAnotherUserIsLeftAlone();
await notificationsEndWhenTheUserSwitchesThemOffOrForbidsThem();
await whatIsReadIsTold();
await serviceWorkerForgetsWhatItKnewOfAnotherEpochOrUser();
await pressOpensAConversationInThePageOfTheUser();
console.log(JSON.stringify({ client: "course", event: "finished" }));
