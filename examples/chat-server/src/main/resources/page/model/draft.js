/**
 * The unsent text of a user in a conversation. It is stored here, so that it survives a reload without a connection, and by
 * the server, so that it follows to the user's other devices.
 */
export function createDraft(room) {
  const key = `roomcast.draft.${room.user}.${room.id}`;
  const sharedKey = `roomcast.shared-draft.${room.user}.${room.id}`;
  /** What was written here and is not stored by the server yet; null if there is nothing. */
  let pending = null;
  /** What the server had when it was last known. */
  let shared = localStorage.getItem(sharedKey) ?? "";

  return {
    text: () => localStorage.getItem(key) ?? "",
    save(text, replyTo) {
      keep(key, text);
      if (!room.isKnown()) return;
      pending = text;
      room.saveDraft(text, replyTo);
    },
    /** The text was sent, and the server removes it. */
    sent() {
      keep(key, "");
      if (room.isKnown()) pending = "";
    },
    /** Returns what another device has stored, or null if there is nothing new, or something else was written here. */
    fromElsewhere(shown) {
      const { draft, version } = room.preferences();
      if (version === undefined) return null;
      const text = draft?.content ?? "";
      if (text === pending) pending = null;
      if (text === shared) return null;
      const isOwn = pending !== null || shown !== shared;
      shared = text;
      keep(sharedKey, text);
      if (isOwn) return null;
      keep(key, text);
      return text;
    },
  };
}

function keep(key, text) {
  if (text) localStorage.setItem(key, text);
  else localStorage.removeItem(key);
}
