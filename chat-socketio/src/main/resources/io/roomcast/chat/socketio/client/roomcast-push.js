import { NOT_CONNECTED, failureOf } from "./failure.js";
import { createObservable } from "./observable.js";
import { pushBrowser } from "./push-browser.js";

/**
 * @typedef {import("./roomcast-push.d.ts").Push} Push
 * @typedef {import("./roomcast-push.d.ts").PushSnapshot} PushSnapshot
 * @typedef {import("./roomcast-push.d.ts").QuietHours} QuietHours
 * @typedef {{ userId: string, token: string, epoch?: string, quiet?: QuietHours }} Device the device of a user, as it was
 *   registered last
 */

const KEY = "roomcast push";
const WORKER = "api/client/roomcast-worker.js";
const PAGE = "./#{conversationId}";
const NOT_SUPPORTED = failureOf("not_supported", "Push notifications are not supported", false);
const NOT_ALLOWED = failureOf("forbidden", "Notifications are not allowed", false);

/** @type {typeof import("./roomcast-push.d.ts").createPush} */
export const createPush = (chat, options = {}) => pushOf(chat, options, pushBrowser());

/**
 * @param {import("./roomcast.d.ts").Chat} chat
 * @param {import("./roomcast-push.d.ts").PushOptions} options
 * @param {import("./push-browser.js").PushBrowser} browser
 * @returns {Push}
 */
export function pushOf(chat, { worker = WORKER, page = PAGE, onOpen }, browser) {
  /** @type {Device | null} */
  let device = browser.isSupported ? browser.load(KEY) : null;
  /** @type {import("../contract/chat-events").Failure | undefined} */
  let failure;
  /** @type {ServiceWorkerRegistration | null} */
  let registration = null;
  /** The session for which the device was registered. @type {unknown} */
  let registeredFor = null;
  /** @type {(() => void) | null} */
  let endInbox = null;
  /** The positions that the service worker knows. @type {Map<string, number>} */
  const readSeqs = new Map();
  /** The list of an earlier epoch, which stays in the inbox until the new one is loaded. @type {unknown} */
  let outdated = null;
  /** @type {Promise<any>} */
  let last = Promise.resolve();
  let closed = false;

  /** Does one thing after the other. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  function inOrder(work) {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  }

  /** @returns {string | undefined} */
  const serverKey = () => /** @type {any} */ (chat.getSnapshot().session)?.push?.web?.applicationServerKey;
  const isOwn = () => device !== null && device.userId === chat.getSnapshot().userId;
  const observable = createObservable(snapshot());

  /** @returns {PushSnapshot} */
  function snapshot() {
    const { quiet } = (isOwn() && device) || {};
    return Object.freeze({ status: status(), ...(quiet && { quiet }), ...(failure && { failure }) });
  }

  /** @returns {PushSnapshot["status"]} */
  function status() {
    if (!browser.isSupported || (chat.getSnapshot().session && !serverKey())) return "unsupported";
    if (browser.permission() === "denied") return "blocked";
    return isOwn() ? "on" : "off";
  }

  function show() {
    if (closed) return;
    const before = observable.get();
    const next = snapshot();
    if (JSON.stringify(before) !== JSON.stringify(next)) observable.set(next);
    follow();
  }

  /** @param {Device | null} next */
  function keep(next) {
    device = next;
    browser.save(KEY, next);
  }

  function workerUrl() {
    const url = new URL(worker, browser.base());
    url.searchParams.set("page", new URL(page, browser.base()).href);
    return url.href;
  }

  /** Subscribes this browser, and registers it for the user. @param {QuietHours} [quiet] */
  async function register(quiet) {
    const { userId, session } = chat.getSnapshot();
    const key = serverKey();
    if (!session) return NOT_CONNECTED;
    if (!key || userId === undefined) return NOT_SUPPORTED;
    let subscription;
    try {
      registration = await browser.worker(workerUrl());
      subscription = await subscriptionOf(registration.pushManager, key);
    } catch (error) {
      return failureOf("unavailable", error instanceof Error ? error.message : String(error), false);
    }
    if (device && (device.userId !== userId || device.epoch !== session.epoch)) startAgain(registration);
    const { endpoint: token = "", keys } = subscription.toJSON();
    const answer = await request("registerDevice", { platform: "web", token, keys, ...(quiet && { quiet }), locale: browser.locale() });
    if (!answer.success) return answer;
    const before = device;
    keep({ userId, token, epoch: session.epoch, ...(quiet && { quiet }) });
    registeredFor = session;
    if (before && before.token !== token) await request("unregisterDevice", { token: before.token });
    return answer;
  }

  /** Removes what the service worker knows of another user, or of another epoch. @param {ServiceWorkerRegistration} of */
  function startAgain({ active }) {
    // The page sets the badge, which the worker would otherwise clear after that.
    active?.postMessage({ roomcast: "forget", badge: null });
    browser.setBadge(0);
    readSeqs.clear();
    follow();
  }

  /** Registers the device, and shows what has come of it. @param {QuietHours} [quiet] */
  async function registered(quiet) {
    const answer = await register(quiet);
    failure = answer.success ? undefined : answer;
    show();
    return answer;
  }

  async function unregister() {
    const { token } = device ?? {};
    keep(null);
    failure = undefined;
    show();
    registration ??= await browser.worker(workerUrl()).catch(() => null);
    registration?.active?.postMessage({ roomcast: "forget" });
    const subscription = await registration?.pushManager.getSubscription().catch(() => null);
    await subscription?.unsubscribe().catch(() => {});
    return token === undefined ? { success: true } : request("unregisterDevice", { token });
  }

  /** Registers a known device on each connection, as the server forgets devices that are not used. */
  function connected() {
    const { session, status: connection } = chat.getSnapshot();
    if (connection === "online" && session !== registeredFor && isOwn() && serverKey()) {
      registeredFor = session;
      if (session?.epoch !== device?.epoch) outdated = chat.inbox.getSnapshot().conversations;
      if (browser.permission() === "granted") void inOrder(() => registered(device?.quiet));
      else void inOrder(unregister);
    }
    show();
  }

  /** Removes notifications of what the user has read, on any device, and shows how much is unread. */
  function read() {
    const { conversations, unread, status: list } = chat.inbox.getSnapshot();
    if (list !== "ready" || conversations === outdated || !registration?.active) return;
    const news = conversations.filter(({ conversationId, readSeq }) => readSeq > (readSeqs.get(conversationId) ?? 0));
    news.forEach(({ conversationId, readSeq }) => readSeqs.set(conversationId, readSeq));
    const changed = Object.fromEntries(news.map(({ conversationId, readSeq }) => [conversationId, readSeq]));
    if (news.length > 0) registration.active.postMessage({ roomcast: "read", readSeqs: changed });
    browser.setBadge(unread);
  }

  function follow() {
    const isOn = status() === "on" && !closed;
    if (isOn) {
      endInbox ??= chat.inbox.subscribe(read);
      read();
    } else if (endInbox) {
      endInbox();
      endInbox = null;
      readSeqs.clear();
    }
  }

  /** @param {MessageEvent} event */
  function told({ data, ports }) {
    if (data?.roomcast === "subscription" && isOwn()) void inOrder(() => registered(device?.quiet));
    if (data?.roomcast !== "open" || !onOpen || !isOwn()) return;
    ports[0]?.postMessage(true);
    onOpen(data.conversationId);
  }

  /** @param {string} event @param {object} payload @returns {Promise<any>} */
  const request = (event, payload) => /** @type {any} */ (chat).request(event, payload);

  const ends = browser.isSupported ? [chat.subscribe(connected), browser.listen(told)] : [];
  if (browser.isSupported) connected();

  return {
    subscribe: observable.subscribe,
    getSnapshot: observable.get,
    async enable(quiet) {
      if (status() === "unsupported") return NOT_SUPPORTED;
      // A browser asks only while it handles a press of the user.
      const asked = browser.ask();
      if ((await asked) !== "granted") {
        show();
        return NOT_ALLOWED;
      }
      return inOrder(() => registered(quiet));
    },
    disable: () => inOrder(unregister),
    setQuiet: async (quiet) => (status() === "on" ? inOrder(() => registered(quiet ?? undefined)) : NOT_ALLOWED),
    close() {
      closed = true;
      ends.forEach((end) => end());
      follow();
      observable.clear();
    },
  };
}

/**
 * Returns the subscription for a server's key. Another server's is replaced.
 *
 * @param {PushManager} manager
 * @param {string} key
 */
async function subscriptionOf(manager, key) {
  const known = await manager.getSubscription();
  if (known && textOf(known.options.applicationServerKey) === key) return known;
  await known?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** Returns bytes as Base64 for URLs. @param {ArrayBuffer | null} bytes */
function textOf(bytes) {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
