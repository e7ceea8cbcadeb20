/** Stores the unsent text of a user in a conversation, so that it survives a reload. */
export function createDraft(user, conversationId) {
  const key = `roomcast.draft.${user}.${conversationId}`;
  return {
    text: () => localStorage.getItem(key) ?? "",
    save(text) {
      if (text) localStorage.setItem(key, text);
      else localStorage.removeItem(key);
    },
  };
}
