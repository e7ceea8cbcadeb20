/** Who is in a room, and who looks at it now. Tells the others whether this user looks. */
export function createAudience({ id, user, connection, attention, onChange }) {
  const viewers = new Set();
  const present = new Set();
  let online = 0;
  let looking = false;
  let inside = false;

  async function look() {
    if (!inside || looking === attention.isVisible()) return;
    looking = attention.isVisible();
    const payload = { conversationId: id, userId: user };
    const answer = await connection.ask(looking ? "viewing" : "stopViewing", payload);
    if (!answer?.viewers) return;
    viewers.clear();
    answer.viewers.filter((userId) => userId !== user).forEach((userId) => viewers.add(userId));
    onChange();
  }

  function note(set, userId, isIn) {
    if (userId === user) return;
    if (isIn) set.add(userId);
    else set.delete(userId);
    onChange();
  }

  const end = attention.on("change", look);

  return {
    viewers: () => [...viewers],
    /** Those who came while this user was here, and those who look. */
    present: () => [...new Set([...present, ...viewers])],
    online: () => online,
    looks: (userId) => note(viewers, userId, true),
    looksAway: (userId) => note(viewers, userId, false),
    came(event) {
      online = event.online;
      note(present, event.userId, true);
    },
    went(event) {
      online = event.online;
      viewers.delete(event.userId);
      note(present, event.userId, false);
    },
    entered(answer) {
      online = answer.online;
      inside = true;
      looking = false;
      onChange();
      look();
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
      if (looking) connection.tell("stopViewing", { conversationId: id, userId: user });
    },
  };
}
