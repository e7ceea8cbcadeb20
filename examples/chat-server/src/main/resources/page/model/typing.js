const INTERVAL = 2_000;
const IDLE = 4_000;
const TIMEOUT = 6_000;

/** Reports periodically that this user is typing, and that typing has stopped. */
export function createOwnTyping({ user, room, connection }) {
  const payload = { conversationId: room, userId: user };
  let sentAt = 0;
  let idle = null;

  function stop() {
    clearTimeout(idle);
    if (sentAt) connection.send("stopTyping", payload);
    sentAt = 0;
  }

  return {
    stop,
    typed() {
      clearTimeout(idle);
      idle = setTimeout(stop, IDLE);
      if (sentAt && Date.now() - sentAt < INTERVAL) return;
      sentAt = Date.now();
      connection.send("typing", payload);
    },
  };
}

/** Tracks the other users who are typing. A user is removed after a timeout without another event. */
export function createOthersTyping({ onChange }) {
  const timers = new Map();

  function end(userId) {
    clearTimeout(timers.get(userId));
    if (timers.delete(userId)) onChange([...timers.keys()]);
  }

  return {
    end,
    begin(userId, expiresInMs = TIMEOUT) {
      if (typeof userId !== "string") return;
      const isNew = !timers.has(userId);
      clearTimeout(timers.get(userId));
      timers.set(userId, setTimeout(() => end(userId), expiresInMs));
      if (isNew) onChange([...timers.keys()]);
    },
    clear: () => [...timers.keys()].forEach(end),
  };
}
