import { withApart } from "./timeline.js";

/**
 * Loads the pinned messages of a room, among those that were requested by their ids.
 *
 * @param {object} room
 * @param {() => import("./timeline.js").Timeline} room.get
 * @param {(next: import("./timeline.js").Timeline) => void} room.update
 * @param {(event: string, payload: object) => Promise<any>} room.ask
 * @param {(messageId: string) => Promise<any>} room.loadMessage
 */
export const createPins = ({ get, update, ask, loadMessage }) => ({
  async load() {
    const answer = await ask("getPins", {});
    if (answer.success) update(withApart(get(), answer.messages));
    return answer;
  },
  /** A message was pinned. @param {string} messageId */
  added(messageId) {
    const row = get().rows.find(({ id }) => id === messageId);
    // Otherwise it would end when its row is dropped.
    if (row) update(withApart(get(), [row]));
    else void loadMessage(messageId);
  },
});
