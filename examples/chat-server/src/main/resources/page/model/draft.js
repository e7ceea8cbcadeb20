/** Words that were begun and not sent. They belong to a user and a conversation, and outlive the page. */
export function createDraft(user, conversationId) {
  const key = `roomcast.draft.${user}.${conversationId}`;
  return {
    text: () => localStorage.getItem(key) ?? "",
    keep(text) {
      if (text) localStorage.setItem(key, text);
      else localStorage.removeItem(key);
    },
  };
}
