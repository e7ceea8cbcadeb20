import { createObservable } from "./observable.js";

/** @typedef {import("../contract/chat-events").Presence} Presence */

const MAX_USERS = 200;
const AWAY_AFTER = 60_000;

/**
 * The presence of others, and that of the user, who is away while the page is hidden.
 *
 * @param {object} parts
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 */
export function createPresence({ environment, connection }) {
  const observable = createObservable(/** @type {Readonly<Record<string, Presence>>} */ (Object.freeze({})));
  /** @type {Set<string>} */
  const wanted = new Set();
  /** @type {unknown} */
  let timer = null;
  let isAway = false;

  /** @param {Presence[]} list */
  function take(list) {
    const known = { ...observable.get() };
    for (const presence of list) known[presence.userId] = presence;
    observable.set(Object.freeze(known));
  }

  /** @param {string[]} userIds */
  async function subscribe(userIds) {
    if (userIds.length === 0) return { success: true };
    const answer = await connection.request("subscribePresence", { userIds });
    if (answer.success) take(answer.presence);
    return answer;
  }

  /** @param {boolean} away */
  function report(away) {
    if (isAway === away) return;
    isAway = away;
    connection.send("setPresence", { status: away ? "away" : "online" });
  }

  const endListening = environment.listen("visibilitychange", () => {
    environment.clearTimer(timer);
    if (environment.isVisible()) report(false);
    else timer = environment.setTimer(() => report(true), AWAY_AFTER);
  });

  return {
    /** @type {import("./roomcast.d.ts").PresenceList} */
    list: {
      subscribe: observable.subscribe,
      getSnapshot: observable.get,
      watch(userIds) {
        const added = [...new Set(userIds)].filter((id) => !wanted.has(id)).slice(0, MAX_USERS - wanted.size);
        added.forEach((id) => wanted.add(id));
        return subscribe(added);
      },
    },
    /** A connection has begun. */
    begin() {
      if (isAway) connection.send("setPresence", { status: "away" });
      void subscribe([...wanted]);
    },
    /** @param {Presence} presence */
    changed: (presence) => wanted.has(presence.userId) && take([presence]),
    disconnected: () => observable.set(Object.freeze({})),
    close() {
      environment.clearTimer(timer);
      endListening();
      observable.clear();
    },
  };
}
