// What the parts of contract-client.mjs share: the contract of the server, the group that they use, and what was asked.
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { assertSucceeded } from "./ack-socket.mjs";
import { Contract } from "./contract.mjs";

export const group = randomUUID();
/** The names of the requests that were made. */
export const asked = new Set();
export let contract;
export const inGroup = (fields = {}) => ({ conversationId: group, ...fields });

/** Loads the contract of the server at a URL. */
export async function useContractOf(url) {
  contract = await Contract.of(url);
}

/** Asks, and checks that the answer is a success of the promised shape with the expected values. */
export async function granted(client, event, payload, expected = {}) {
  contract.assertMessage(event, payload);
  const answer = await client.ask(event, payload);
  asked.add(event);
  assertSucceeded(answer, expected);
  contract.assertAnswer(event, answer);
  return answer;
}

/** Waits for an event with the expected values. */
export function told(client, event, expected) {
  const matches = (payload) =>
    Object.entries(expected).every(([field, value]) => isDeepStrictEqual(payload[field], value));
  return client.log.first(event, matches, JSON.stringify(expected));
}

/** Returns the roles of a conversation's members by their ids. */
export function rolesOf({ members }) {
  return Object.fromEntries(members.map(({ userId, role }) => [userId, role]));
}
