const MAX_USERS = 200;
const AWAY_AFTER = 60_000;

/** Tracks the presence of subscribed users. It stays unknown if the server does not support presence. */
export function createPresence({ connection, onChange }) {
  const known = new Map();
  let wanted = new Set();

  function update(presence) {
    if (typeof presence?.userId !== "string") return;
    known.set(presence.userId, presence);
    onChange();
  }

  async function subscribe(userIds) {
    if (userIds.length === 0) return;
    const answer = await connection.ask("subscribePresence", { userIds: userIds.slice(0, MAX_USERS) });
    if (Array.isArray(answer?.presence)) answer.presence.forEach(update);
  }

  connection.receive("presenceChanged", update);

  return {
    of: (userId) => known.get(userId),
    watch(userIds) {
      const added = [...new Set(userIds)].filter((userId) => !wanted.has(userId));
      wanted = new Set([...wanted, ...added]);
      return subscribe(added);
    },
    resubscribe: () => subscribe([...wanted]),
    clear: () => known.clear(),
  };
}

/** Sets the presence to away after the page was hidden for a minute, and back to online. */
export function reportAway({ connection, attention }) {
  let timer = null;
  let away = false;

  function report(status) {
    if (away === (status === "away")) return;
    away = status === "away";
    connection.ask("setPresence", { status });
  }

  const end = attention.on("change", () => {
    clearTimeout(timer);
    if (attention.isVisible()) report("online");
    else timer = setTimeout(() => report("away"), AWAY_AFTER);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}
