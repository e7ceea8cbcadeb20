import { createExpiry } from "./expiry.js";
import { isPinned } from "./timeline.js";

/** @typedef {import("../contract/chat-events").Message} Message */

/** @param {Message} message */
const isMarked = (message) => isPinned(message) || message.expiresAt !== undefined;

/**
 * Finds the messages of a room that are pinned or expire, once for each change of its messages.
 *
 * @param {import("./environment.js").Environment} environment
 * @param {() => number} now the time of the server
 * @param {() => void} onEnd a message has expired
 */
export function createMarked(environment, now, onEnd) {
  /** @type {{ rows: readonly Message[], apart: readonly Message[] } | null} */
  let known = null;
  /** @type {readonly Message[]} */
  let pins = [];
  const expiry = createExpiry(environment, now, () => {
    known = null;
    onEnd();
  });

  return {
    /** Returns the pinned messages, the latest pinned first. */
    pins: () => pins,
    /** Returns the timeline without the messages that have expired. @param {import("./timeline.js").Timeline} timeline */
    current(timeline) {
      const { rows, apart } = timeline;
      if (known?.rows === rows && known.apart === apart) return timeline;
      const marked = [...rows.filter(isMarked), ...apart.filter(isMarked)];
      const isOver = expiry.watch(marked);
      pins = pinsIn(isOver ? marked.filter(expiry.isCurrent) : marked);
      const current = isOver ? { ...timeline, rows: rows.filter(expiry.isCurrent), apart: apart.filter(expiry.isCurrent) } : timeline;
      known = current;
      return current;
    },
    close: expiry.close,
  };
}

/** Returns each pinned message once, the latest pinned first. @param {readonly Message[]} messages */
function pinsIn(messages) {
  const pins = new Map(messages.filter(isPinned).map((message) => [message.id, message]));
  return [...pins.values()].sort((a, b) => (b.pinned?.at ?? "").localeCompare(a.pinned?.at ?? ""));
}
