/**
 * The actions of a room that are one request.
 *
 * @param {(event: string, payload: object) => Promise<any>} ask
 * @param {() => string | undefined} user
 * @returns {Pick<import("./roomcast.d.ts").Room, "edit" | "remove" | "react" | "pin" | "setPreferences" | "sendEvent">}
 */
export const createCommands = (ask, user) => ({
  edit: (messageId, content) => ask("editMessage", { messageId, content }),
  remove: (messageId) => ask("deleteMessage", { messageId }),
  react: (messageId, key, on = true) => ask(on ? "addReaction" : "removeReaction", { messageId, key }),
  pin: (messageId, on = true) => ask(on ? "pinMessage" : "unpinMessage", { messageId }),
  setPreferences: (preferences) => ask("setPreferences", preferences),
  sendEvent: (name, data, toUserIds) => ask("sendEvent", { userId: user(), name, data, toUserIds }),
});
