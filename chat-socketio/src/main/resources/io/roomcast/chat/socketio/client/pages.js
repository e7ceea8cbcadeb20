import { NOT_CONNECTED } from "./failure.js";
import { edgeOf, withApart, withPage } from "./timeline.js";

/**
 * Loads what a room has besides its newest messages.
 *
 * @param {object} room
 * @param {() => import("./timeline.js").Timeline} room.get
 * @param {(next: import("./timeline.js").Timeline) => void} room.update
 * @param {(cursor: object) => Promise<any>} room.page
 * @param {(event: string, payload: object) => Promise<any>} room.ask
 */
export function createPages({ get, update, page, ask }) {
  /** @type {Map<string, Promise<any>>} */
  const loading = new Map();

  /** @param {string} key @param {() => Promise<any>} work */
  function once(key, work) {
    const running = loading.get(key) ?? work().finally(() => loading.delete(key));
    loading.set(key, running);
    return running;
  }

  /** @param {"older" | "newer" | "around"} kind @param {object} cursor */
  async function read(kind, cursor) {
    const requested = get();
    const answer = await page(cursor);
    if (answer.success && answer.epoch === get().epoch) update(withPage(get(), kind, requested, answer));
    return answer;
  }

  /** @param {"older" | "newer"} kind */
  function load(kind) {
    if (!get().loaded) return Promise.resolve(NOT_CONNECTED);
    const edge = edgeOf(get(), kind);
    return once(kind, () => read(kind, kind === "older" ? { before: edge } : { after: edge }));
  }

  /** @param {string} messageId */
  const loadMessage = (messageId) =>
    once(messageId, async () => {
      const { epoch } = get();
      const answer = await ask("getMessage", { messageId });
      if (answer.success && epoch === get().epoch) update(withApart(get(), [answer.message]));
      return answer;
    });

  /** @param {string} messageId */
  const hasRow = (messageId) => get().rows.some(({ id }) => id === messageId);

  return {
    loadMessage,
    loadOlder: () => load("older"),
    loadNewer: () => load("newer"),
    /** @param {string} messageId */
    async goTo(messageId) {
      if (hasRow(messageId)) return { success: true };
      if (!get().loaded) return NOT_CONNECTED;
      const answer = await read("around", { around: messageId });
      return answer.success && !hasRow(messageId) ? NOT_CONNECTED : answer;
    },
  };
}
