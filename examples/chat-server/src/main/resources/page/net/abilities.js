const NEEDS_USER = [
  "editMessage",
  "deleteMessage",
  "addReaction",
  "removeReaction",
  "markDelivered",
  "markRead",
  "getConversations",
  "createConversation",
  "updateConversation",
  "addMembers",
  "removeMember",
  "setPresence",
  "subscribePresence",
];
const REFUSALS = new Set(["not_supported", "unauthenticated"]);

/** Tracks which events the server supports for this user, as far as that is known. */
export function createAbilities() {
  let missing = new Set();

  return {
    can: (event) => !missing.has(event),
    /** Starts a new connection. Anonymous users cannot use events that need a user id. */
    reset({ sessionId, userId }) {
      missing = new Set(sessionId && !userId ? NEEDS_USER : []);
    },
    /** Records an answer. Returns whether it says that the event is not supported. */
    isRefusal(event, answer) {
      if (answer?.success !== false || !REFUSALS.has(answer.code) || event === "refreshToken") return false;
      missing.add(event);
      return true;
    },
  };
}
