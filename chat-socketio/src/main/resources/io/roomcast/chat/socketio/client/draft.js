const DELAY = 1_000;
const RETRY = 5_000;

/**
 * Stores what a user types, so that it follows to the user's other devices.
 *
 * @param {object} parts
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./details.js").createDetails>} parts.details
 * @param {(event: string, payload: object) => Promise<any>} parts.ask
 */
export function createDraft({ environment, details, ask }) {
  /** @type {{ content: string, replyTo?: string } | null | undefined} what to store; null removes the draft */
  let next;
  let saving = false;
  /** @type {unknown} */
  let timer = null;

  function soon(delay = DELAY) {
    environment.clearTimer(timer);
    timer = environment.setTimer(save, delay);
  }

  async function save() {
    environment.clearTimer(timer);
    const known = details.get().preferences?.draft;
    if (next === null && !known) next = undefined;
    if (saving || next === undefined) return;
    saving = true;
    const draft = next;
    next = undefined;
    const answer = await ask("setPreferences", { draft, draftBefore: known?.at ?? null });
    const isConflict = answer.code === "conflict";
    // Another device has stored a draft meanwhile. What is typed here is newer.
    if (isConflict) await details.load();
    saving = false;
    if (answer.retryable || (isConflict && draft)) next ??= draft;
    if (next !== undefined) soon(answer.retryAfterMs ?? (answer.success || isConflict ? DELAY : RETRY));
  }

  const endListening = environment.listen("visibilitychange", save);
  return {
    /** @param {string} content @param {string} [replyTo] */
    set(content, replyTo) {
      next = content || replyTo ? { content, ...(replyTo && { replyTo }) } : null;
      if (!saving) soon();
    },
    /** A message was sent. The server removes an older draft, but not one that is on its way. */
    sent() {
      next = null;
      if (!saving) soon();
    },
    /** Stores the draft now, because the room was left. */
    save,
    close() {
      environment.clearTimer(timer);
      endListening();
    },
  };
}
