import { briefly } from "./time.js";

/** Returns the title of a conversation for one of its users. */
export function titleOf(conversation, { user, nameOf }) {
  if (conversation.title) return conversation.title;
  if (conversation.kind === "direct") return nameOf(partnerOf(conversation, user)) ?? "Direct conversation";
  return conversation.kind === "group" ? "Group" : conversation.conversationId;
}

/** Returns the other user of a direct conversation, or null. */
export function partnerOf({ kind, members }, user) {
  if (kind !== "direct") return null;
  return (members?.find((member) => member?.userId !== user) ?? members?.[0])?.userId ?? null;
}

export function presenceText(presence) {
  if (!presence) return "";
  if (presence.status === "online") return "online";
  if (presence.status === "away") return "away";
  return presence.lastSeenAt ? `last seen ${briefly(presence.lastSeenAt)}` : "offline";
}

export function listOf(names) {
  if (names.length < 3) return names.join(" and ");
  const others = names.length - 2;
  return `${names[0]}, ${names[1]} and ${others === 1 ? "one other" : `${others} others`}`;
}

/** Returns the names in a list with commas. */
export const namesIn = (text) => [...new Set(text.split(",").map((name) => name.trim()).filter(Boolean))];
