// The service worker of Roomcast: shows push notifications, and opens the conversation when one is pressed. It is a classic
// script, so a service worker of your own can load it with importScripts().
//
// Optional settings, before that line: self.roomcast = { page, notification }. `page` is the address that a notification
// opens, with {conversationId} in it. `notification` is a function that gets the payload, and returns what showNotification
// takes: { title, ...options }; it may return a promise.
// @ts-nocheck: it is checked with the types of pages
"use strict";

(() => {
  const settings = { page: new URL(self.location.href).searchParams.get("page"), ...self.roomcast };
  const PLACE = /\{conversationId\}|%7BconversationId%7D/i;
  const STORE = "seen";
  /** How the ringing of a call ended. With any other reason, the user missed the call. */
  const ENDS = {
    answeredElsewhere: "Answered on another device",
    declinedElsewhere: "Call declined",
    declined: "Call declined",
    completed: "Call ended",
  };
  /** How long a page has to answer whether it shows conversations. */
  const ANSWER_WITHIN = 500;

  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("push", (event) => event.waitUntil(inOrder(() => received(payloadOf(event.data)))));
  self.addEventListener("notificationclick", (event) => event.waitUntil(pressed(event.notification)));
  self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event)));
  self.addEventListener("message", (event) => {
    const { roomcast, readSeqs, badge } = event.data ?? {};
    if (roomcast === "read") event.waitUntil(inOrder(() => read(Object.entries(readSeqs))));
    if (roomcast === "forget") event.waitUntil(inOrder(() => forget(badge)));
  });

  let last = Promise.resolve();

  /** Does one thing after the other, so that the same message is not shown twice at the same time. */
  function inOrder(work) {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  }

  function payloadOf(data) {
    try {
      return data?.json() ?? {};
    } catch {
      return {};
    }
  }

  /** Shows a message unless it, or a later one of its conversation, was shown or read before. */
  async function received(message) {
    const { type, conversationId, seq = 0, badge } = message;
    if (type === "read") return read([[conversationId, seq]]);
    if (seq > 0 && seq <= (await seenIn(conversationId))) return;
    if (message.data?.reason === "answeredElsewhere" && (await isInView())) return closeAll(message.tag);
    const { title, ...options } = (await settings.notification?.(message)) ?? textOf(message);
    await self.registration.showNotification(title, { ...optionsOf(message), ...options });
    await advance(conversationId, seq);
    await setBadge(badge);
  }

  function textOf({ type, title, body, unread, data }) {
    const messages = unread > 1 ? `${unread} new messages` : "New message";
    const ring = data?.media === "video" ? "Incoming video call" : "Incoming call";
    const standard = { call: ring, callEnded: ENDS[data?.reason] ?? "Missed call" }[type] ?? messages;
    return title ? { title, body: body ?? standard } : { title: standard, body: body ?? "" };
  }

  /** Notifications with the same tag replace each other. */
  function optionsOf({ type, tag, conversationId, seq }) {
    return { tag: tag ?? conversationId ?? "roomcast", renotify: type !== "callEnded", data: { conversationId, seq } };
  }

  /** Whether the user sees a page, which may be where the call was answered. Then browsers permit to show nothing. */
  async function isInView() {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    return pages.some((page) => page.visibilityState === "visible");
  }

  async function closeAll(tag) {
    (await self.registration.getNotifications({ tag })).forEach((notification) => notification.close());
  }

  async function setBadge(badge) {
    if (typeof badge === "number") await self.navigator.setAppBadge?.(badge).catch(() => {});
  }

  /** The user has read conversations. @param {[string, number][]} readSeqs */
  async function read(readSeqs) {
    const known = new Map(readSeqs);
    for (const [conversationId, seq] of readSeqs) await advance(conversationId, seq);
    const isRead = ({ data }) => data?.seq > 0 && data.seq <= known.get(data.conversationId);
    (await self.registration.getNotifications()).filter(isRead).forEach((notification) => notification.close());
  }

  async function forget(badge = 0) {
    (await self.registration.getNotifications()).forEach((notification) => notification.close());
    await stored((seen) => seen.clear()).catch(() => {});
    await setBadge(badge);
  }

  /** Opens the conversation in a page that shows conversations, or in a new one. */
  async function pressed(notification) {
    notification.close();
    const { conversationId } = notification.data ?? {};
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    for (const page of pages) {
      if (await opens(page, conversationId)) return page.focus();
    }
    const address = settings.page ?? new URL("/#{conversationId}", self.location.href).href;
    return self.clients.openWindow(address.replace(PLACE, encodeURIComponent(conversationId ?? "")));
  }

  /** Returns whether a page has opened the conversation. One that shows other things does not answer. */
  function opens(page, conversationId) {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(true);
      setTimeout(() => resolve(false), ANSWER_WITHIN);
      page.postMessage({ roomcast: "open", conversationId }, [port2]);
    });
  }

  /** The browser has ended the subscription. A page registers the new one. */
  async function subscribeAgain({ oldSubscription, newSubscription }) {
    if (oldSubscription && !newSubscription) await self.registration.pushManager.subscribe(oldSubscription.options);
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    pages.forEach((page) => page.postMessage({ roomcast: "subscription" }));
  }

  /** Returns the highest seq that was shown or read; 0 if none is known. */
  async function seenIn(conversationId) {
    let request;
    await stored((seen) => (request = seen.get(conversationId))).catch(() => {});
    return request?.result ?? 0;
  }

  /** Raises the seq that was shown or read. Without a storage, a message may be shown again. */
  async function advance(conversationId, seq) {
    if (seq > (await seenIn(conversationId))) await stored((seen) => seen.put(seq, conversationId)).catch(() => {});
  }

  /** Works with what was shown or read, by conversation, in one transaction. */
  async function stored(work) {
    const database = await opened();
    try {
      await new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, "readwrite");
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
        work(transaction.objectStore(STORE));
      });
    } finally {
      database.close();
    }
  }

  function opened() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open("roomcast push", 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
})();
