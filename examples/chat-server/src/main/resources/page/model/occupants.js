const DELAY = 400;
const INTERVAL = 3_000;

/** Tracks the users in a room and those who view it now, and reports whether this user views it. */
export function createOccupants({ id, user, connection, attention, onChange }) {
  const viewers = new Set();
  const present = new Set();
  let online = 0;
  let isViewing = false;
  let isInside = false;
  let timer = null;
  let sentAt = -INTERVAL;

  /** Delays the report, so that short visits and short changes of visibility are not reported. */
  function reportSoon(delay = DELAY) {
    timer ??= setTimeout(report, Math.max(delay, sentAt + INTERVAL - performance.now()));
  }

  async function report() {
    timer = null;
    if (!isInside || isViewing === attention.isVisible()) return;
    isViewing = attention.isVisible();
    sentAt = performance.now();
    const payload = { conversationId: id, userId: user };
    const answer = await connection.ask(isViewing ? "viewing" : "stopViewing", payload);
    if (answer?.retryable) {
      isViewing = !isViewing;
      reportSoon(answer.retryAfterMs);
    }
    if (!Array.isArray(answer?.viewers)) return;
    viewers.clear();
    answer.viewers.filter((userId) => userId !== user).forEach((userId) => viewers.add(userId));
    onChange();
  }

  function update(set, userId, isIn) {
    if (userId === user || typeof userId !== "string") return;
    if (isIn) set.add(userId);
    else set.delete(userId);
    onChange();
  }

  const end = attention.on("change", () => reportSoon());

  return {
    viewers: () => [...viewers],
    /** Returns the users who joined while this user was in the room, and the viewers. */
    present: () => [...new Set([...present, ...viewers])],
    online: () => online,
    viewing: (userId) => update(viewers, userId, true),
    stoppedViewing: (userId) => update(viewers, userId, false),
    joined(event) {
      online = event.online ?? online;
      update(present, event.userId, true);
    },
    left(event) {
      online = event.online ?? online;
      viewers.delete(event.userId);
      update(present, event.userId, false);
    },
    entered(answer) {
      online = answer.online ?? 0;
      isInside = true;
      isViewing = false;
      onChange();
      reportSoon();
    },
    clear() {
      viewers.clear();
      present.clear();
      online = 0;
      isInside = false;
      onChange();
    },
    close() {
      end();
      clearTimeout(timer);
      if (isViewing) connection.send("stopViewing", { conversationId: id, userId: user });
    },
  };
}
