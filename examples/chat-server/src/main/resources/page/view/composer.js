import { createDraft } from "../model/draft.js";
import { lineOf } from "../model/file-facts.js";
import { createComposerFiles } from "./composer-files.js";
import { byId, listen } from "./dom.js";
import { createMentionMenu } from "./mention-menu.js";

/** The limit of a server that has not stated its own. */
const MAX_LENGTH = 5_000;
/** The share of the limit from which a text is counted. */
const COUNTED_FROM = 0.9;
const MAX_HEIGHT = 160;

/** Shows the input field for a new message, a reply, or an edit of an own message. */
export function showComposer(room, session) {
  const content = byId("content");
  const draft = createDraft(room);
  const menu = createMentionMenu(room, content, write);
  const files = createComposerFiles(room, session, content, say);
  /** The message that is edited or answered. One that is answered may not be loaded yet. */
  let context = null;

  function write(text) {
    show(text);
    keep();
  }

  /** Stores what a new message has so far. */
  function keep() {
    if (context?.kind !== "edit") draft.save(content.value, context?.id);
  }

  function show(text) {
    content.value = text;
    count(text.length, room.limits()?.contentLength ?? MAX_LENGTH);
    grow(content);
  }

  function typed() {
    write(content.value);
    menu.show();
    say("");
    if (content.value.trim()) room.typing();
    else room.stopTyping();
  }

  function send(event) {
    event.preventDefault();
    say("");
    room.stopTyping();
    const text = content.value.trim();
    if (context?.kind === "edit") return saveEdit(text);
    const hasFiles = files.count() > 0;
    if (!text && !hasFiles) return;
    const more = { replyTo: context?.id, mentions: menu.mentionedIn(text) };
    if (hasFiles && !files.send(text, more)) return;
    end();
    draft.sent();
    show("");
    if (!hasFiles) room.say(text, more);
    content.focus();
  }

  async function saveEdit(text) {
    const { message } = context;
    if (!text) return say("An edited message needs words. To take it away, delete it.");
    if (text === message.content || (await room.edit(message.id, text))) leaveEdit();
  }

  /** Ends the edit and restores the draft. */
  function leaveEdit() {
    restore(draft.get());
    content.focus();
  }

  function restore({ content: text, replyTo }) {
    show(text);
    if (replyTo) setContext("reply", replyTo, room.quoted(replyTo));
    else end();
  }

  function begin(kind, message) {
    if (context?.kind === "edit") leaveEdit();
    setContext(kind, message.id, message);
    if (kind === "edit") show(message.content);
    else keep();
    content.focus();
  }

  function setContext(kind, id, message) {
    context = { kind, id, message };
    byId("context").hidden = false;
    byId("context-title").textContent = titleOf(context, room.nameOf);
    byId("context-text").textContent = message ? lineOf(message) : "";
  }

  /** Shows the message that is answered once it is loaded. */
  function showAnswered() {
    const message = context?.message ? undefined : room.quoted(context?.id);
    if (message) setContext(context.kind, context.id, message);
  }

  function end() {
    context = null;
    byId("context").hidden = true;
  }

  function cancel() {
    if (context?.kind === "edit") return leaveEdit();
    end();
    keep();
    content.focus();
  }

  function key(event) {
    if (event.isComposing || menu.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) send(event);
    else if (event.key === "Escape" && context) cancel();
    else if (event.key === "ArrowUp" && !content.value && !context) editLast(event);
  }

  function editLast(event) {
    const own = room.stored().findLast(isEditable);
    if (!own || !room.isKnown()) return;
    event.preventDefault();
    begin("edit", own);
  }

  function isEditable({ senderId, type, deletedAt }) {
    return senderId === room.user && type === "text" && !deletedAt;
  }

  /** Restores the text of a refused message, unless the user has started another one. */
  function takeBack(offer) {
    if (content.value) return;
    offer.taken = true;
    write(offer.content);
  }

  /** Shows what another device has written, unless something else was written here. */
  function follow() {
    if (context?.kind === "edit") return;
    const next = draft.fromElsewhere({ content: content.value, replyTo: context?.id });
    if (next) restore(next);
    showAnswered();
  }

  function showPermission() {
    const isAllowed = room.may("send", true);
    byId("send").disabled = !isAllowed;
    content.readOnly = !isAllowed;
    content.placeholder = isAllowed ? "Write a message" : "You may read here, but not write";
  }

  const ends = [
    listen(content, "input", typed),
    listen(content, "keydown", key),
    listen(content, "blur", room.stopTyping),
    listen(byId("composer"), "submit", send),
    listen(byId("context-end"), "click", cancel),
    room.on("refused", takeBack),
    room.on("state", follow),
    room.on("state", showPermission),
    menu.close,
    files.close,
    room.on("error", say),
  ];
  restore(draft.get());
  showPermission();
  // On touch devices the keyboard would cover half of the room.
  if (matchMedia("(pointer: coarse)").matches) byId("room-title").focus();
  else content.focus();

  return {
    reply: (message) => begin("reply", message),
    edit: (message) => begin("edit", message),
    close() {
      ends.forEach((stop) => stop());
      end();
      say("");
    },
  };
}

function titleOf({ kind, message }, nameOf) {
  if (kind === "edit") return "Edit message";
  return message ? `Reply to ${nameOf(message.senderId)}` : "Reply to an earlier message";
}

function say(text) {
  byId("error").textContent = text;
}

function count(length, most) {
  const counter = byId("counter");
  counter.textContent = length < most * COUNTED_FROM ? "" : `${length.toLocaleString("en")} / ${most.toLocaleString("en")}`;
  counter.classList.toggle("over", length > most);
}

/** Adapts the height to the text. Sets it by script, because the page's policy forbids inline styles. */
function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, MAX_HEIGHT)}px`;
}
