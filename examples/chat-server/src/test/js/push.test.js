// Usage: node push.test.js <command that starts the server>
//
// Push notifications on the page. Headless browsers cannot subscribe at a push service, so the page gets a subscription of the
// test, and messages reach the service worker through the DevTools protocol.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible } from "./axe.js";
import { launchBrowser } from "./browser.js";
import { askAs } from "./requests.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";
import { openTab } from "./tab.js";
import { shows, workerOf } from "./worker.js";

const GROUP = "Night shift";
const ROOM = "night-shift";
const ENDPOINT = "https://fcm.googleapis.com/fcm/send/test";
const environment = { SOCKET_PORT: "0", CHAT_STORE: "memory", CHAT_DEMO: "true", CHAT_RATE_LIMITS: "off" };

const [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());
const origin = new URL(server.url).origin;
let rita, worker;

after(async () => {
  await browser.close();
  await server.kill();
});

before(async () => {
  await askAs(server, "sven", "createConversation", { kind: "group", conversationId: ROOM, title: GROUP, memberIds: ["rita"] });
  rita = await openTab(browser, { viewport: { width: 1280, height: 800 } });
  await rita.page.context().grantPermissions(["notifications"], { origin });
  await subscribesAtTest(rita.page.context());
  rita.devices = await registersDevices(rita);
  await rita.enter(server.url, "rita", "porch");
  await rita.listed(GROUP).waitFor();
});

/** Gives the pages of a context a push service that always succeeds. */
function subscribesAtTest(context) {
  return context.addInitScript((endpoint) => {
    const key = "test subscription";
    const made = (applicationServerKey) => ({
      endpoint,
      options: { applicationServerKey },
      toJSON: () => ({ endpoint, keys: { p256dh: "BPublic", auth: "secret" } }),
      unsubscribe: async () => localStorage.removeItem(key) ?? true,
    });
    const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0)).buffer;
    Object.assign(PushManager.prototype, {
      async subscribe({ applicationServerKey, userVisibleOnly }) {
        if (!userVisibleOnly) throw new Error("not visible");
        localStorage.setItem(key, applicationServerKey);
        return made(bytes(applicationServerKey));
      },
      async getSubscription() {
        const known = localStorage.getItem(key);
        return known === null ? null : made(bytes(known));
      },
    });
  }, ENDPOINT);
}

/** Answers in place of a server with a push service. Returns a list that the requests are added to. */
async function registersDevices(tab) {
  const requests = [];
  await tab.usesWebSocketAlone();
  await tab.page.routeWebSocket(/socket\.io/, (socket) => {
    const upstream = socket.connectToServer();
    socket.onMessage((packet) => {
      const [, ack, event, json] = /^42(\d+)\["((?:un)?registerDevice)",(.*)\]$/.exec(packet) ?? [];
      if (event === undefined) return upstream.send(packet);
      requests.push([event, JSON.parse(json)]);
      socket.send(`43${ack}[{"success":true,"deviceId":"device"}]`);
    });
    upstream.onMessage((packet) => socket.send(String(packet).replace('["session",{', '["session",{"push":{"web":{"applicationServerKey":"BPq_-A"}},')));
  });
  return requests;
}

const message = (seq, more) => ({ type: "message", id: `${ROOM}:${seq}`, tag: "tag-of-night-shift", conversationId: ROOM, seq, unread: 1, badge: 1, ...more });

const until = async (tab, isDone) => {
  while (!isDone()) await tab.page.waitForTimeout(20);
};
const openPreferences = () => rita.page.getByRole("button", { name: "Preferences" }).click();
const close = () => rita.page.getByRole("button", { name: "Close" }).click();

test("a device is registered only when the user switches notifications on", async () => {
  await rita.page.evaluate(() => {
    const { requestPermission } = Notification;
    Notification.requestPermission = () => {
      window.asked = (window.asked ?? 0) + 1;
      return requestPermission.call(Notification);
    };
  });
  await openPreferences();
  await rita.page.locator("#privacy:enabled").waitFor();
  await assertAccessible(rita, "preferences without notifications");
  assert.deepEqual(rita.devices, []);
  assert.equal(await rita.page.evaluate(() => window.asked), undefined);
  await rita.page.getByLabel("when this page is not open").check();
  await rita.page.locator("#quiet-line:not([hidden])").waitFor();
  assert.equal(await rita.page.evaluate(() => window.asked), 1);
  const [[event, { locale, ...device }]] = rita.devices;
  assert.equal(event, "registerDevice");
  assert.deepEqual(device, { platform: "web", token: ENDPOINT, keys: { p256dh: "BPublic", auth: "secret" } });
  assert.match(locale, /^en/);
});

test("quiet hours are those of the device, in its time zone", async () => {
  await rita.page.getByLabel("quiet every day").check();
  await until(rita, () => rita.devices.length === 2);
  await rita.page.getByLabel("from").fill("23:30");
  await rita.page.getByLabel("from").blur();
  await until(rita, () => rita.devices.length === 3);
  const timeZone = await rita.page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  assert.deepEqual(rita.devices[1][1].quiet, { from: "22:00", to: "07:00", timeZone });
  assert.deepEqual(rita.devices[2][1].quiet, { from: "23:30", to: "07:00", timeZone });
  await assertAccessible(rita, "preferences with notifications");
  await close();
});

test("a page that is loaded again registers its device again, with what it had", async () => {
  await rita.page.reload();
  await rita.seesStatus("Online");
  await until(rita, () => rita.devices.length === 4);
  assert.deepEqual(rita.devices[3], rita.devices[2]);
});

/** Sends a message of the other user, and returns its seq. */
async function sent(content) {
  return (await askAs(server, "sven", "sendMessage", { conversationId: ROOM, content })).message.seq;
}

test("a message is shown once, and replaces what is shown of its conversation", async () => {
  worker = await workerOf(rita.page, origin);
  const first = await sent("Who has the key?");
  await worker.deliver(message(first, { title: "sven (Night shift)", body: "Who has the key?" }));
  await shows(rita.page, "sven (Night shift): Who has the key?");
  const second = await sent("And the lamp?");
  await worker.deliver(message(second, { unread: 2 }));
  await shows(rita.page, "2 new messages: ");
  await worker.stop();
  await worker.deliver(message(first, { title: "late" }));
  await worker.deliver(message(second, { title: "again" }));
  await worker.deliver({ type: "call", id: "call", conversationId: ROOM, seq: 0, tag: "call", title: "sven" });
  await shows(rita.page, "2 new messages: ", "sven: Incoming call");
});

test("what the user has read on another device is removed, and not shown again", async () => {
  const { conversation } = await askAs(server, "rita", "getConversation", { conversationId: ROOM });
  const upToSeq = conversation.latestSeq;
  await askAs(server, "rita", "markRead", { conversationId: ROOM, upToSeq });
  await shows(rita.page, "sven: Incoming call");
  await worker.deliver(message(upToSeq, { title: "again" }));
  await worker.deliver({ type: "callEnded", id: "call", conversationId: ROOM, seq: 0, tag: "call", title: "sven" });
  await shows(rita.page, "sven: Missed call");
});

test("a press opens the conversation in the page that is open", async () => {
  await worker.deliver(message(await sent("Found it"), { title: "sven", body: "Found it" }));
  await shows(rita.page, "sven: Found it", "sven: Missed call");
  assert.equal(await worker.press("Found it"), undefined);
  await rita.seesTitle(GROUP);
  await rita.seesStored("Found it");
  await shows(rita.page, "sven: Missed call");
});

test("without a page, a press opens one at the conversation, for the user of the device", async () => {
  const later = await rita.sibling();
  worker = await workerOf(later.page, origin);
  await rita.page.close();
  await worker.deliver(message(await sent("Good night"), { title: "sven", body: "Good night" }));
  const address = await worker.press("Good night");
  assert.equal(address, `${server.url}#${ROOM}`);
  later.devices = await registersDevices(later);
  await later.page.goto(address);
  await later.seesTitle(GROUP);
  await later.seesStored("Good night");
  await until(later, () => later.devices.length === 1);
  rita = later;
});

test("notifications end on the device when the user switches them off, or signs out", async () => {
  await openPreferences();
  await rita.page.getByLabel("when this page is not open").uncheck();
  await until(rita, () => rita.devices.length === 2);
  assert.deepEqual(rita.devices[1], ["unregisterDevice", { token: ENDPOINT }]);
  await shows(rita.page);
  await rita.page.getByLabel("when this page is not open").check();
  await until(rita, () => rita.devices.length === 3);
  await close();
  await rita.page.getByRole("button", { name: "Sign out" }).click();
  await rita.page.locator("#join:not([hidden])").waitFor();
  assert.deepEqual(rita.devices[3], ["unregisterDevice", { token: ENDPOINT }]);
  assert.equal(await rita.page.evaluate(() => localStorage.getItem("roomcast.notified")), null);
  rita.assertHealthy();
});
