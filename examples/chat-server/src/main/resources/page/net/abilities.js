const FOR_USERS_ONLY = [
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
const UNABLE = new Set(["not_supported", "unauthenticated"]);

/** What can be asked for on a connection, as far as it is known: not all servers can everything, nor may all users. */
export function createAbilities() {
  let missing = new Set();

  return {
    can: (event) => !missing.has(event),
    /** A server that lets a user in without knowing who it is keeps nothing for that user. */
    greeted({ sessionId, userId }) {
      missing = new Set(sessionId && !userId ? FOR_USERS_ONLY : []);
    },
    /** Whether the answer says that the event is asked for in vain. */
    isRefusal(event, answer) {
      if (answer?.success !== false || !UNABLE.has(answer.code) || event === "refreshToken") return false;
      missing.add(event);
      return true;
    },
  };
}
