import { createObservable } from "./observable.js";
import { later } from "./preferences.js";

/**
 * @typedef {import("./roomcast.d.ts").Details} Details
 * @typedef {import("../contract/chat-events").Member} Member
 */

const PAGE = 100;

/**
 * What is known of a conversation besides its messages.
 *
 * @param {object} parts
 * @param {(event: string, payload: object) => Promise<any>} parts.ask
 * @param {() => string | undefined} parts.user
 * @param {() => void} parts.onStale the details are to be loaded again
 */
export function createDetails({ ask, user, onStale }) {
  const state = createObservable(/** @type {Details} */ (Object.freeze({})));
  /** How often an event changed the details. If it was during a request, the answer may be older. */
  let changes = 0;

  /** @param {Partial<Details>} fields */
  const set = (fields) => state.set(Object.freeze({ ...state.get(), ...fields }));

  async function readMembers() {
    /** @type {Member[]} */
    const members = [];
    let cursor;
    do {
      const answer = await ask("getMembers", { limit: PAGE, ...(cursor && { cursor }) });
      if (!answer.success) return answer;
      members.push(...answer.members);
      cursor = answer.next;
    } while (cursor);
    return { success: true, members };
  }

  /** @param {{ conversation?: import("../contract/chat-events").Conversation }} event */
  function updated({ conversation }) {
    changes++;
    if (conversation && state.get().conversation) set(known({ conversation, members: conversation.members }));
  }

  /** @param {(members: readonly Member[]) => Member[]} change */
  function changed(change) {
    changes++;
    const { members } = state.get();
    if (members) set({ members: change(members) });
  }

  /** @type {Record<string, (event: any) => void>} */
  const handlers = {
    conversationUpdated: updated,
    memberAdded({ userId, conversation }) {
      updated({ conversation });
      const member = { userId, role: /** @type {const} */ ("member"), joinedAt: conversation?.updatedAt };
      if (!conversation?.members) changed((members) => [...members.filter((other) => other.userId !== userId), member]);
    },
    memberRemoved: ({ userId }) => changed((members) => members.filter((member) => member.userId !== userId)),
    memberUpdated({ member }) {
      changed((members) => members.map((other) => (other.userId === member.userId ? member : other)));
      if (member.userId === user()) onStale();
    },
    preferencesChanged: ({ preferences }) => set({ preferences: later(state.get().preferences, preferences) }),
  };

  return {
    get: state.get,
    subscribe: state.subscribe,
    forget: () => state.set(Object.freeze({})),
    /** Requests all that the user may see. Returns a failure if the request may be repeated. */
    async load() {
      const before = changes;
      const answer = await ask("getConversation", {});
      const { conversation, role, may, preferences } = answer;
      const listed = answer.success && !conversation?.members ? await readMembers() : answer;
      const members = conversation?.members ?? listed.members;
      const now = preferences && later(state.get().preferences, preferences);
      if (!answer.retryable) state.set(Object.freeze(known({ conversation, role, may, preferences: now, members })));
      return listed.success ? { retryable: before !== changes } : listed;
    },
    /** @param {string} event @param {any} payload */
    receive: (event, payload) => handlers[event]?.(payload),
  };
}

/** Returns the fields that are known. @param {Details} fields @returns {Details} */
const known = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
