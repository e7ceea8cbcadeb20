import { createObservable } from "./observable.js";

/**
 * @typedef {import("./roomcast.d.ts").Details} Details
 * @typedef {import("../contract/chat-events").Member} Member
 */

const PAGE = 100;

/**
 * What is known of a conversation besides its messages.
 *
 * @param {(event: string, payload: object) => Promise<any>} ask
 */
export function createDetails(ask) {
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
    if (conversation && state.get().conversation) set({ conversation, ...membersOf(conversation) });
  }

  /** @param {string} userId @param {Member} [member] */
  function replace(userId, member) {
    const others = state.get().members?.filter((other) => other?.userId !== userId);
    if (others) set({ members: member ? [...others, member] : others });
  }

  /** @type {Record<string, (event: any) => void>} */
  const handlers = {
    conversationUpdated: updated,
    memberAdded({ userId, conversation }) {
      updated({ conversation });
      const joinedAt = conversation?.updatedAt;
      if (!conversation?.members) replace(userId, { userId, role: "member", joinedAt });
    },
    memberRemoved: ({ userId }) => replace(userId),
  };

  return {
    get: state.get,
    subscribe: state.subscribe,
    /** Requests all that the user may see. Returns a failure if the request may be repeated. */
    async load() {
      const before = changes;
      const answer = await ask("getConversation", {});
      const { conversation, role } = answer;
      const listed = answer.success && !conversation?.members ? await readMembers() : answer;
      const members = conversation?.members ?? listed.members;
      state.set(Object.freeze({ ...(conversation && { conversation }), ...(role && { role }), ...membersOf({ members }) }));
      return listed.success ? { retryable: before !== changes } : listed;
    },
    /** @param {string} event @param {any} payload */
    receive(event, payload) {
      if (!handlers[event]) return;
      changes++;
      handlers[event](payload);
    },
  };
}

/** @param {{ members?: readonly Member[] }} answer */
const membersOf = ({ members }) => members && { members };
