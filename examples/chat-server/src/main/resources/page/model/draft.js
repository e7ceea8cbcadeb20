/**
 * The unsent text of a user in a conversation, and the message that it answers. It is stored here, so that it survives a
 * reload without a connection, and by the server, so that it follows to the user's other devices.
 *
 * @typedef {{ content: string, replyTo?: string }} Draft
 */
export function createDraft(room) {
  const own = storedDraft(`roomcast.draft.${room.user}.${room.id}`);
  /** What the server had when it was last known. */
  const shared = storedDraft(`roomcast.shared-draft.${room.user}.${room.id}`);
  /** What was written here and is not stored by the server yet; null if there is nothing. */
  let pending = null;

  return {
    get: own.get,
    save(content, replyTo) {
      own.set({ content, replyTo });
      if (!room.isKnown()) return;
      pending = { content, replyTo };
      room.saveDraft(content, replyTo);
    },
    /** The text was sent, and the server removes it. */
    sent() {
      own.set({ content: "" });
      if (room.isKnown()) pending = { content: "" };
    },
    /** Returns what another device has stored, or null if there is nothing new, or something else was written here. */
    fromElsewhere(shown) {
      const { draft, version } = room.preferences();
      if (version === undefined) return null;
      const next = { content: draft?.content ?? "", replyTo: draft?.replyTo };
      if (pending && isSame(next, pending)) pending = null;
      const before = shared.get();
      if (isSame(next, before)) return null;
      shared.set(next);
      if (pending || !isSame(shown, before)) return null;
      own.set(next);
      return next;
    },
  };
}

const isSame = (one, other) => one.content === other.content && one.replyTo === other.replyTo;

/** Keeps a draft in this browser. */
function storedDraft(key) {
  const keys = { content: key, replyTo: `${key} reply` };
  return {
    get: () => ({ content: localStorage.getItem(keys.content) ?? "", replyTo: localStorage.getItem(keys.replyTo) ?? undefined }),
    set(draft) {
      for (const [field, name] of Object.entries(keys)) {
        if (draft[field]) localStorage.setItem(name, draft[field]);
        else localStorage.removeItem(name);
      }
    },
  };
}
