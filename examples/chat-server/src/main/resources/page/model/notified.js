import { createPush } from "../api/client/roomcast-push.js";
import { readStored } from "./stored.js";

const KEY = "roomcast.notified";

/**
 * Returns the notifications of this device. Keeps the account while they are on, because a page that a notification opens
 * has no user yet.
 */
export function createNotifications({ account, chat, open }) {
  const push = createPush(chat, { onOpen: open });
  function keep() {
    const { status } = push.getSnapshot();
    if (status === "on") localStorage.setItem(KEY, JSON.stringify({ name: account.name, token: account.token }));
    else if (notifiedAccount()?.name === account.name) localStorage.removeItem(KEY);
  }
  push.subscribe(keep);
  return push;
}

/** Returns the account that this device notifies, or null. */
export const notifiedAccount = () => readStored(localStorage, KEY, null);
