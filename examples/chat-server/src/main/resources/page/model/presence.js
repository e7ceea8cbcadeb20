const MOST = 200;
const AWAY_AFTER = 60_000;

/** Who of some users is here. A server or a user that cannot know leaves everybody unknown. */
export function createPresence({ connection, onChange }) {
  const known = new Map();
  let wanted = new Set();

  function note(presence) {
    if (typeof presence?.userId !== "string") return;
    known.set(presence.userId, presence);
    onChange();
  }

  async function subscribe(userIds) {
    if (userIds.length === 0) return;
    const answer = await connection.ask("subscribePresence", { userIds: userIds.slice(0, MOST) });
    if (Array.isArray(answer?.presence)) answer.presence.forEach(note);
  }

  connection.receive("presenceChanged", note);

  return {
    of: (userId) => known.get(userId),
    watch(userIds) {
      const added = [...new Set(userIds)].filter((userId) => !wanted.has(userId));
      wanted = new Set([...wanted, ...added]);
      return subscribe(added);
    },
    again: () => subscribe([...wanted]),
    forget: () => known.clear(),
  };
}

/** Tells the server that the user has gone away from the page for a while, and is back. */
export function tellWhetherAway({ connection, attention }) {
  let timer = null;
  let away = false;

  function tell(status) {
    if (away === (status === "away")) return;
    away = status === "away";
    connection.ask("setPresence", { status });
  }

  const end = attention.on("change", () => {
    clearTimeout(timer);
    if (attention.isVisible()) tell("online");
    else timer = setTimeout(() => tell("away"), AWAY_AFTER);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}
