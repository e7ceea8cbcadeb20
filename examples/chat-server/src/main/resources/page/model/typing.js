const TOLD_EVERY = 2_000;
const IDLE = 4_000;
const EXPIRES = 6_000;

/** Tells the others that this user types, now and then, and that the typing ended. */
export function createOwnTyping({ user, room, connection }) {
  const payload = { conversationId: room, userId: user };
  let toldAt = 0;
  let idle = null;

  function stop() {
    clearTimeout(idle);
    if (toldAt) connection.tell("stopTyping", payload);
    toldAt = 0;
  }

  return {
    stop,
    typed() {
      clearTimeout(idle);
      idle = setTimeout(stop, IDLE);
      if (toldAt && Date.now() - toldAt < TOLD_EVERY) return;
      toldAt = Date.now();
      connection.tell("typing", payload);
    },
  };
}

/** Who else types now. A user who is not heard of again drops out. */
export function createOthersTyping({ onChange }) {
  const timers = new Map();

  function end(userId) {
    clearTimeout(timers.get(userId));
    if (timers.delete(userId)) onChange([...timers.keys()]);
  }

  return {
    end,
    begin(userId, expiresInMs = EXPIRES) {
      if (typeof userId !== "string") return;
      const isNew = !timers.has(userId);
      clearTimeout(timers.get(userId));
      timers.set(userId, setTimeout(() => end(userId), expiresInMs));
      if (isNew) onChange([...timers.keys()]);
    },
    clear: () => [...timers.keys()].forEach(end),
  };
}
