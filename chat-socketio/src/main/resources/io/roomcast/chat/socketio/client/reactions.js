/** @typedef {import("../contract/chat-events").Reactions} Reactions */

/**
 * Adds which reactions are the user's own to those of an event, which names only the first users.
 *
 * @param {Reactions | undefined} reactions
 * @param {Reactions | undefined} before
 * @param {string | undefined} own the user
 * @param {{ userId: string, key: string, op: "add" | "remove" }} [change]
 * @returns {Reactions}
 */
export function withMine(reactions, before, own, change) {
  const entries = Object.entries(reactions ?? {}).map(([key, reaction]) => {
    const isKept = reaction?.count > reaction?.userIds?.length && before?.[key]?.mine;
    const isChanged = change?.userId === own && change?.key === key;
    const mine = isChanged ? change?.op === "add" : isKept || reaction?.userIds?.includes(own ?? "");
    return [key, { ...reaction, ...(mine && { mine }) }];
  });
  return Object.fromEntries(entries);
}
