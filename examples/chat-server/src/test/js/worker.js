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
  return {
    /** Delivers an object, or the text of one. */
    deliver: (data) =>
      devtools.send("ServiceWorker.deliverPushMessage", {
        origin,
        registrationId,
        data: typeof data === "string" ? data : JSON.stringify(data),
      }),
    /** Runs a function in the service worker. */
    evaluate: async (work) => (await running()).evaluate(work),
    /** Stops the service worker, as browsers do after a while. It forgets what is not stored. */
    stop: () => devtools.send("ServiceWorker.stopAllWorkers"),
    /** Presses the notification. Only presses of a person may open windows, so the address is returned instead. */
    press: async (body) =>
      (await running()).evaluate(async (wanted) => {
        let notification;
        const end = Date.now() + 10_000;
        while (!notification) {
          if (Date.now() > end) throw new Error(`no notification is shown with the text ${wanted}`);
          notification = (await self.registration.getNotifications()).find((shown) => shown.body === wanted);
        }
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

/** Waits until exactly these notifications are shown. */
export const shows = (page, ...expected) =>
  page.waitForFunction(async (wanted) => {
    const [registration] = await navigator.serviceWorker.getRegistrations();
    const shown = (await registration?.getNotifications()) ?? [];
    return JSON.stringify(shown.map(({ title, body }) => `${title}: ${body}`).sort()) === JSON.stringify(wanted);
  }, expected.sort());
