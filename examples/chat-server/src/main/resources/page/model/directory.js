import { createNamedRooms } from "./named-rooms.js";

const MAX_ROOMS = 50;

/**
 * The conversations of the inbox, and the rooms that were opened by name: these have no members, so no inbox has them.
 * Follows the rooms that were opened, so that they are there at once when the user returns, and joins the others, so that
 * the list shows each change of their newest messages.
 */
export function createDirectory({ user, chat, onChange }) {
  const named = createNamedRooms(user);
  const followed = new Map();
  const joined = new Set();
  const newest = new Map();
  let filter = "active";
  const listed = () => chat.inbox.getSnapshot().conversations;
  /** Rooms that were opened by name are neither starred nor archived. */
  const shownRooms = () => named.all().map(namedRoom).filter(({ unread }) => filter === "active" || (filter === "unread" && unread > 0));
  const isListed = (id) => chat.inbox.find(id) !== undefined;

  function follow(id) {
    if (followed.has(id)) return;
    if (followed.size >= MAX_ROOMS) unfollow(followed.keys().next().value);
    followed.set(id, chat.room(id).subscribe(onChange));
  }

  function unfollow(id) {
    followed.get(id)?.();
    followed.delete(id);
  }

  /** Returns a room that was opened by name. Its messages may be older than the newest one if the user scrolled up. */
  function namedRoom(id) {
    const { messages, hasNewer, unread, readSeq, details } = chat.room(id).getSnapshot();
    if (!hasNewer) newest.set(id, messages.findLast(({ status }) => !status));
    return { kind: "open", ...details.conversation, conversationId: id, lastMessage: newest.get(id), unread, readSeq };
  }

  function joinListed() {
    if (chat.getSnapshot().status !== "online") return joined.clear();
    const ids = listed().map(({ conversationId }) => conversationId);
    const rooms = ids.slice(0, MAX_ROOMS).filter((id) => !followed.has(id) && !joined.has(id));
    if (rooms.length === 0) return;
    rooms.forEach((id) => joined.add(id));
    chat.request("joinRooms", { rooms });
  }

  function changed() {
    named.all().filter(isListed).forEach(named.forget);
    joinListed();
    onChange();
  }

  chat.inbox.setFilter(filter);
  const ends = [chat.subscribe(joinListed), chat.inbox.subscribe(changed)];
  named.all().forEach(follow);

  return {
    /** Returns all conversations, the most recently active first. */
    all: () => [...listed(), ...shownRooms()].sort((a, b) => timeOf(b).localeCompare(timeOf(a))),
    filter: () => filter,
    setFilter(wanted) {
      filter = wanted;
      chat.inbox.setFilter(wanted);
      onChange();
    },
    find: (id) => chat.inbox.find(id) ?? namedRoom(id),
    unread() {
      return chat.inbox.getSnapshot().unread + named.all().reduce((sum, id) => sum + namedRoom(id).unread, 0);
    },
    mentions: () => chat.inbox.getSnapshot().mentions,
    hasMore: () => chat.inbox.getSnapshot().hasMore,
    loadMore: () => chat.inbox.loadMore(),
    /** Adds a room by its name, unless it is in the inbox. */
    open(id) {
      if (!isListed(id)) named.add(id);
      follow(id);
      onChange();
    },
    forget(id) {
      named.forget(id);
      unfollow(id);
      onChange();
    },
    close: () => [...ends, ...followed.values()].forEach((end) => end()),
  };
}

const timeOf = ({ lastMessage, updatedAt }) => String(lastMessage?.createdAt ?? updatedAt ?? "");
