// Usage: node push-delivery.test.js <command that starts the server>
//
// A message reaches a user who is away: the server encrypts it, a push service of the test passes it on, and the service worker of
// a real browser shows it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, test } from "node:test";
import { launchBrowser } from "./browser.js";
import { startPushService } from "./push-service.js";
import { askAs, demoToken } from "./requests.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";
import { openTab } from "./tab.js";
import { shows, workerOf } from "./worker.js";

const GROUP = "Night shift";
const ROOM = "night-shift";
const SUBJECT = "mailto:ops@example.com";

const command = process.argv.slice(2);
const service = await startPushService(command[0]);
const printed = execFileSync(command[0], [...command.slice(1), "--vapid-keys"], { encoding: "utf8" });
const keys = Object.fromEntries(printed.trim().split(/\s+/).map((line) => line.split(/=(.*)/)));
const [server, browser] = await allStarted(
  startServer(command, {
    ...keys,
    SOCKET_PORT: "0",
    CHAT_STORE: "memory",
    CHAT_CALLS: "true",
    CHAT_DEMO: "true",
    CHAT_PUSH_SUBJECT: SUBJECT,
    CHAT_PUSH_SERVICES: service.host,
    CHAT_PUSH_CONTENT: "full",
    JAVA_TOOL_OPTIONS: service.javaOptions,
  }),
  launchBrowser(),
);
const origin = new URL(server.url).origin;
let rita, worker;

after(async () => {
  await browser.close();
  await server.kill();
  service.close();
});

/** Gives the pages of a context a subscription at the push service of the test. Headless browsers cannot get one. */
function subscribes(context) {
  return context.addInitScript((subscription) => {
    const key = "test subscription";
    const made = () => ({
      endpoint: subscription.endpoint,
      options: { applicationServerKey: null },
      toJSON: () => subscription,
      unsubscribe: async () => true,
    });
    Object.assign(PushManager.prototype, {
      async subscribe({ applicationServerKey }) {
        localStorage.setItem(key, applicationServerKey);
        return made();
      },
      async getSubscription() {
        return localStorage.getItem(key) === null ? null : made();
      },
    });
  }, service.subscription);
}

test("a message to a user who is away is shown once", async () => {
  await askAs(server, "sven", "createConversation", { kind: "group", conversationId: ROOM, title: GROUP, memberIds: ["rita"] });
  rita = await openTab(browser, { viewport: { width: 1280, height: 800 } });
  await rita.page.context().grantPermissions(["notifications"], { origin });
  await subscribes(rita.page.context());
  await rita.enter(server.url, "rita", "porch");
  await rita.listed(GROUP).waitFor();
  await rita.page.getByRole("button", { name: "Preferences" }).click();
  await rita.page.getByLabel("when this page is not open").check();
  await rita.page.locator("#quiet-line:not([hidden])").waitFor();
  const subscribedWith = await rita.page.evaluate(() => localStorage.getItem("test subscription"));
  assert.equal(subscribedWith, keys.CHAT_PUSH_PUBLIC_KEY);

  await rita.page.goto(`${origin}/health/live`);
  worker = await workerOf(rita.page, origin);
  const { message } = await askAs(server, "sven", "sendMessage", { conversationId: ROOM, content: "Who has the key?" });
  const [{ headers, text }] = await service.messages(1);
  assert.equal(headers["content-encoding"], "aes128gcm");
  assert.equal(text.length, 1_000);
  const payload = JSON.parse(text);
  assert.deepEqual(
    { type: payload.type, id: payload.id, conversationId: payload.conversationId, seq: payload.seq, body: payload.body },
    { type: "message", id: `${ROOM}:${message.seq}`, conversationId: ROOM, seq: message.seq, body: "Who has the key?" },
  );
  assert.equal(payload.tag, headers.topic);

  await worker.evaluate(() => {
    const show = ServiceWorkerRegistration.prototype.showNotification;
    self.shown = 0;
    ServiceWorkerRegistration.prototype.showNotification = function (...of) {
      self.shown += 1;
      return show.apply(this, of);
    };
  });
  await worker.deliver(text);
  await shows(rita.page, `${payload.title}: Who has the key?`);
  await worker.deliver(text);
  const { message: second } = await askAs(server, "sven", "sendMessage", { conversationId: ROOM, content: "And the lamp?" });
  const [, next] = await service.messages(2);
  assert.equal(JSON.parse(next.text).seq, second.seq);
  assert.equal(next.headers.topic, headers.topic);
  await worker.deliver(next.text);
  await shows(rita.page, `${payload.title}: And the lamp?`);
  assert.equal(await worker.evaluate(() => self.shown), 2);
});

/** Opens a connection of another user, as requests over HTTP take no part in calls. Returns a function that sends requests. */
async function connect(userId) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${origin}/health/live`);
  await page.evaluate(
    (token) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/socket.io/?EIO=4&transport=websocket`);
        const answers = new Map();
        window.ask = (event, payload) =>
          new Promise((answer) => {
            const id = answers.size;
            answers.set(id, answer);
            socket.send(`42${id}${JSON.stringify([event, payload])}`);
          });
        socket.onmessage = ({ data }) => {
          if (data.startsWith("0")) socket.send(`40${JSON.stringify({ token })}`);
          if (data === "2") socket.send("3");
          if (data.startsWith('42["session"')) resolve();
          const [, id, json] = /^43(\d+)(\[.*\])$/.exec(data) ?? [];
          if (id) answers.get(Number(id))(JSON.parse(json)[0]);
        };
      }),
    demoToken(userId),
  );
  return (event, payload) => page.evaluate(([name, fields]) => window.ask(name, fields), [event, payload]);
}

test("a call to a user who is away rings, and its end replaces the ring", async () => {
  const ask = await connect("sven");
  const { callId } = await ask("startCall", { conversationId: ROOM, media: "video" });
  const [, , ring] = await service.messages(3);
  assert.equal(ring.headers.urgency, "high");
  assert.ok(ring.headers.ttl > 30 && ring.headers.ttl <= 45, ring.headers.ttl);
  const { type, title, data } = JSON.parse(ring.text);
  assert.deepEqual({ type, callId: data.callId }, { type: "call", callId });
  await worker.deliver(ring.text);
  await shows(rita.page, `${title}: And the lamp?`, `${title}: Incoming video call`);

  await ask("endCall", { callId });
  const [, , , end, recorded] = await service.messages(5);
  assert.equal(end.headers.topic, ring.headers.topic);
  await worker.deliver(end.text);
  await shows(rita.page, `${title}: And the lamp?`, `${title}: Missed call`);
  assert.equal(recorded.headers.topic, ring.headers.topic);
  assert.equal(JSON.parse(recorded.text).badge, 3);
  await worker.deliver(recorded.text);
  await shows(rita.page, `${title}: And the lamp?`, `${title}: Missed call`);
});

test("an answer on another device removes the ring while a page is in view", async () => {
  const ring = { type: "call", id: "c", conversationId: ROOM, tag: "c", title: "sven", data: { callId: "c", media: "audio" } };
  const end = { ...ring, type: "callEnded", id: "c:ended", data: { callId: "c", reason: "answeredElsewhere" } };
  const others = [`sven (${GROUP}): And the lamp?`, `sven (${GROUP}): Missed call`];
  await worker.deliver(ring);
  await shows(rita.page, ...others, "sven: Incoming call");
  await worker.deliver(end);
  await shows(rita.page, ...others);
});
