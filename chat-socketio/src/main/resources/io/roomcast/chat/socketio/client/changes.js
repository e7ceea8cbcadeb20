import { withMine } from "./reactions.js";
import { changeTo, isMessage } from "./timeline.js";

/**
 * The events that change a message, as changes of the timeline. An invalid one is null.
 *
 * @type {Record<string, (event: any, own: string | undefined) => import("./timeline.js").Change | null>}
 */
export const CHANGES = {
  messageEdited({ message }, own) {
    if (!isMessage(message)) return null;
    const { reactions } = message;
    return { ...changeTo(message), fields: (before) => ({ ...message, ...(reactions && { reactions: withMine(reactions, before.reactions, own) }) }) };
  },
  messageDeleted: ({ messageId, version, deletedAt, deletedBy }) => ({
    id: messageId,
    version,
    kind: "delete",
    fields: { deletedAt, deletedBy },
  }),
  messageReactions: ({ messageId, version, reactions, change }, own) => ({
    id: messageId,
    version,
    kind: "merge",
    fields: (before) => ({ reactions: withMine(reactions, before.reactions, own, change) }),
  }),
  messagePinned: ({ messageId, version, pinned }) => ({ id: messageId, version, kind: "merge", fields: { pinned } }),
  messageAnnotated: ({ messageId, version, key, value }) => ({
    id: messageId,
    version,
    kind: "merge",
    fields({ annotations = {} }) {
      const { [key]: before, ...others } = annotations;
      return { annotations: value === undefined ? others : { ...others, [key]: value } };
    },
  }),
};
