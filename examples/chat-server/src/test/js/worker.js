import assert from "node:assert/strict";

/**
 * Returns functions that deliver messages to the service worker, as a push service does, and press what it shows. The
 * page is one of the origin.
 */
export async function workerOf(page, origin) {
  const context = page.context();
  const running = async () => context.serviceWorkers().at(-1) ?? context.waitForEvent("serviceworker");
  assert.match((await running()).url(), /roomcast-worker\.js/);
  const devtools = await context.newCDPSession(page);
  const registered = new Promise((resolve) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(origin) && !isDeleted);
      if (own) resolve(own.registrationId);
    });
  });
  await devtools.send("ServiceWorker.enable");
  const registrationId = await registered;
  const handled = await handledPushes(devtools);
  return {
    /** Delivers an object, or the text of one, and waits until it is handled. */
    async deliver(data) {
      const isHandled = handled();
      await devtools.send("ServiceWorker.deliverPushMessage", {
        origin,
        registrationId,
        data: typeof data === "string" ? data : JSON.stringify(data),
      });
      await isHandled;
    },
    /** Runs a function in the service worker. */
    evaluate: async (work) => (await running()).evaluate(work),
    /** Stops the service worker, as browsers do after a while. It forgets what is not stored. */
    stop: () => devtools.send("ServiceWorker.stopAllWorkers"),
    /** Presses the notification. Only presses of a person may open windows, so the address is returned instead. */
    press: async (body) =>
      (await running()).evaluate(async (wanted) => {
        const notification = (await self.registration.getNotifications()).find((shown) => shown.body === wanted);
        if (!notification) throw new Error(`no notification is shown with the text ${wanted}`);
        const event = new NotificationEvent("notificationclick", { notification });
        let opened;
        self.clients.openWindow = async (address) => (opened = address);
        let handled;
        event.waitUntil = (work) => (handled = work);
        self.dispatchEvent(event);
        await handled.catch(() => {});
        return opened;
      }, body),
  };
}

/**
 * Returns a function that returns a promise of the next push message that is handled. Chromium forgets a notification if the
 * shown ones are listed while it is about to be shown, so tests must not list them earlier.
 */
async function handledPushes(devtools) {
  const service = "pushMessaging";
  const waiting = [];
  devtools.on("BackgroundService.backgroundServiceEventReceived", ({ backgroundServiceEvent: { eventName } }) => {
    if (eventName === "Push event completed") waiting.shift()?.();
  });
  await devtools.send("BackgroundService.startObserving", { service });
  await devtools.send("BackgroundService.setRecording", { service, shouldRecord: true });
  return () => new Promise((resolve) => waiting.push(resolve));
}

/** Waits until exactly these notifications are shown. A condition of waitForFunction may not be asynchronous. */
export const shows = (page, ...expected) =>
  page.evaluate(async (wanted) => {
    const end = Date.now() + 15_000;
    for (;;) {
      const [registration] = await navigator.serviceWorker.getRegistrations();
      const shown = ((await registration?.getNotifications()) ?? []).map(({ title, body }) => `${title}: ${body}`).sort();
      if (JSON.stringify(shown) === JSON.stringify(wanted)) return;
      if (Date.now() > end) throw new Error(`${JSON.stringify(shown)} in place of ${JSON.stringify(wanted)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }, expected.sort());
