const SOON = 400;
const EVERY = 3_000;

/** Who is in a room, and who looks at it now. Tells the others whether this user looks. */
export function createAudience({ id, user, connection, attention, onChange }) {
  const viewers = new Set();
  const present = new Set();
  let online = 0;
  let looking = false;
  let inside = false;
  let timer = null;
  let toldAt = -EVERY;

  /** Not for whoever passes through, and not each time that a window is covered for a moment. */
  function lookSoon(delay = SOON) {
    timer ??= setTimeout(look, Math.max(delay, toldAt + EVERY - performance.now()));
  }

  async function look() {
    timer = null;
    if (!inside || looking === attention.isVisible()) return;
    looking = attention.isVisible();
    toldAt = performance.now();
    const payload = { conversationId: id, userId: user };
    const answer = await connection.ask(looking ? "viewing" : "stopViewing", payload);
    if (answer?.retryable) {
      looking = !looking;
      lookSoon(answer.retryAfterMs);
    }
    if (!Array.isArray(answer?.viewers)) return;
    viewers.clear();
    answer.viewers.filter((userId) => userId !== user).forEach((userId) => viewers.add(userId));
    onChange();
  }

  function note(set, userId, isIn) {
    if (userId === user || typeof userId !== "string") return;
    if (isIn) set.add(userId);
    else set.delete(userId);
    onChange();
  }

  const end = attention.on("change", () => lookSoon());

  return {
    viewers: () => [...viewers],
    /** Those who came while this user was here, and those who look. */
    present: () => [...new Set([...present, ...viewers])],
    online: () => online,
    looks: (userId) => note(viewers, userId, true),
    looksAway: (userId) => note(viewers, userId, false),
    came(event) {
      online = event.online ?? online;
      note(present, event.userId, true);
    },
    went(event) {
      online = event.online ?? online;
      viewers.delete(event.userId);
      note(present, event.userId, false);
    },
    entered(answer) {
      online = answer.online ?? 0;
      inside = true;
      looking = false;
      onChange();
      lookSoon();
    },
    clear() {
      viewers.clear();
      present.clear();
      online = 0;
      inside = false;
      onChange();
    },
    close() {
      end();
      clearTimeout(timer);
      if (looking) connection.tell("stopViewing", { conversationId: id, userId: user });
    },
  };
}
