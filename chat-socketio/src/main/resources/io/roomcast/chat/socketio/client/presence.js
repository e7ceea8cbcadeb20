import { createWatched } from "./watched.js";

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
  /** @type {ReturnType<typeof createWatched<import("../contract/chat-events").Presence>>} */
  const watched = createWatched({
    environment,
    connection,
    event: "subscribePresence",
    field: "presence",
    page: MAX_USERS,
    max: MAX_USERS,
  });
  /** @type {unknown} */
  let timer = null;
  let isAway = false;

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
    ...watched,
    /** A connection has begun. */
    begin() {
      if (isAway) connection.send("setPresence", { status: "away" });
      watched.begin();
    },
    close() {
      environment.clearTimer(timer);
      endListening();
      watched.close();
    },
  };
}
