import { isLine, lineOf } from "../model/file-facts.js";
import { apart, arrange, byId, fromTemplate, inNextFrame, listen, refill } from "./dom.js";
import { paintAvatar } from "./avatar.js";
import { partnerOf, presenceText, titleOf } from "./names.js";
import { briefly } from "./time.js";

/** Shows the user's conversations, the most recently active first. */
export function showConversationList(session) {
  const items = new Map();
  function itemOf(conversation) {
    const id = conversation.conversationId;
    if (!items.has(id)) {
      const item = fromTemplate("conversation-template");
      item.dataset.id = id;
      item.querySelector(".entry").addEventListener("click", () => session.open(id));
      items.set(id, item);
    }
    return items.get(id);
  }

  function rowOf(conversation) {
    const item = itemOf(conversation);
    try {
      return filled(item, conversation, session);
    } catch (error) {
      reportError(error);
      item.querySelector(".entry-title").textContent = conversation.conversationId;
      return item;
    }
  }

  function show() {
    const all = session.directory.all();
    byId("own-name").textContent = session.nameOf(session.user);
    paintAvatar(byId("own-avatar"), session.nameOf(session.user), session.user);
    arrange(byId("conversations"), all.map(rowOf));
    byId("filters").hidden = !session.isKnown();
    byId("no-conversations").hidden = all.length > 0 || session.directory.filter() === "active";
    byId("more-conversations").hidden = !session.directory.hasMore();
    const partners = all.map((one) => partnerOf(one, session.user)).filter(Boolean);
    session.chat.presence.watch(partners);
    session.showUsers([...partners, ...all.map(({ lastMessage }) => lastMessage?.senderId), session.user]);
  }

  function moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entries = [...byId("conversations").querySelectorAll(".entry")];
    const next = entries[entries.indexOf(document.activeElement) + step];
    if (!step || !next) return;
    event.preventDefault();
    next.focus();
  }

  const frame = inNextFrame(show);
  const ends = [
    session.on("directory", frame.request),
    session.on("presence", frame.request),
    session.on("users", frame.request),
    session.on("opened", show),
    frame.cancel,
    listen(byId("more-conversations"), "click", () => session.directory.loadMore()),
    listen(byId("conversations"), "keydown", moveFocus),
    listen(byId("filters"), "change", ({ target }) => session.directory.setFilter(target.value)),
  ];
  show();
  return () => {
    ends.forEach((end) => end());
    byId("conversations").replaceChildren();
  };
}

function filled(item, conversation, session) {
  const find = (selector) => item.querySelector(selector);
  const { lastMessage, unread } = conversation;
  const title = titleOf(conversation, session);
  const presence = session.presenceOf(partnerOf(conversation, session.user));
  const isOpen = session.room()?.id === conversation.conversationId;
  paintAvatar(find(".avatar"), title);
  find(".avatar").dataset.presence = presence?.status ?? "";
  find(".avatar").classList.toggle("square", conversation.kind !== "direct");
  find(".entry-title").textContent = title;
  find(".entry-presence").textContent = presenceText(presence);
  find(".entry-time").textContent = lastMessage ? briefly(lastMessage.createdAt) : "";
  refill(find(".entry-last"), lastMessage ? wordsOf(lastMessage, conversation, session) : [kindOf(conversation)]);
  showMarks(find(".entry-marks"), conversation.preferences);
  find(".badge-mention").hidden = !conversation.unreadMentions;
  find(".badge").hidden = !unread;
  find(".badge-count").textContent = unread > 99 ? "99+" : unread;
  find(".entry").ariaCurrent = isOpen ? "true" : null;
  return item;
}

function wordsOf(message, { kind }, { user, nameOf }) {
  if (message.deleted || message.deletedAt) return ["Message deleted"];
  const words = apart(lineOf(message));
  if (isLine(message)) return [words];
  if (message.senderId === user) return ["You: ", words];
  return kind === "direct" || !message.senderId ? [words] : [apart(nameOf(message.senderId)), ": ", words];
}

/** Shows what the user alone prefers in a conversation. */
function showMarks(place, { favorite, archived, mutedUntil } = {}) {
  const shown = { favorite, archived, muted: Date.parse(mutedUntil ?? "") > Date.now() };
  for (const mark of place.children) mark.hidden = !shown[mark.dataset.mark];
}

function kindOf({ kind }) {
  if (kind === "open") return "Room";
  return kind === "group" ? "New group" : "Say hello";
}
