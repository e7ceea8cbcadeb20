import { paintAvatar, paintHue } from "./avatar.js";
import { element, fromTemplate, refill } from "./dom.js";
import { fillFiles } from "./files.js";
import { fillReactions } from "./reactions.js";
import { fillTick } from "./tick.js";
import { clockOf, dayOf } from "./time.js";
import { isLine, lineOf } from "../model/file-facts.js";
import { EVERYBODY, splitAtMentions } from "../model/mentions.js";
import { fillAnnotations } from "./annotations.js";
import { fillCallLine } from "./call-line.js";
import { linked } from "./links.js";

/** Returns the element of a message: a bubble, or a centred line for what happened. */
export function messageElement(message, { own, actions }) {
  const item = fromTemplate("message-template");
  const find = (selector) => item.querySelector(selector);
  item.dataset.id = message.id ?? "";
  item.classList.add(own ? "own" : "other", isLine(message) ? "system" : "said");
  paintHue(item, message.senderId);
  find("time").dateTime = message.createdAt ?? "";
  find("time").textContent = clockOf(message.createdAt);
  find(".quote").addEventListener("click", () => actions.jump(item));
  find(".more").addEventListener("click", () => actions.menu(item));
  return item;
}

/** Updates the parts of a message that can change. */
export function fillMessage(item, message, { state, quoted, user, nameOf, links, onCall, onReact }) {
  const find = (selector) => item.querySelector(selector);
  const sender = nameOf(message.senderId) ?? "";
  if (find(".sender").textContent !== sender) find(".sender").textContent = sender;
  paintAvatar(find(".avatar"), sender, message.senderId);
  const isGone = Boolean(message.deletedAt);
  item.dataset.state = state.isUnsent ? state.tick : "sent";
  item.classList.toggle("gone", isGone);
  item.classList.toggle("called", !isGone && isCalled(message, user));
  fillFiles(find(".files"), isGone ? {} : message, links);
  refill(find(".content"), isGone ? ["This message was deleted."] : contentOf(message, nameOf));
  find(".pin-mark").hidden = !message.pinned || isGone;
  find(".edited").hidden = !message.editedAt || isGone;
  find(".more").hidden = isGone || state.isUnsent || isLine(message);
  find(".more").ariaLabel = `Actions for ${sender || "somebody"}: ${lineOf(message).slice(0, 60)}`;
  const isCall = message.type === "call" && !isGone;
  find(".content").hidden = isCall;
  if (isCall) fillCallLine(find(".call-line"), message, { user, onCall });
  else find(".call-line").hidden = true;
  fillAnnotations(find(".annotations"), isGone ? undefined : message.annotations);
  fillTick(item, state.tick);
  fillQuote(find(".quote"), isGone ? null : message.replyTo, quoted, nameOf);
  fillReactions(find(".reactions"), isGone ? {} : message.reactions, { nameOf, onReact });
}

/** Shows the message that is replied to, if it is loaded. */
function fillQuote(quote, replyTo, quoted, nameOf) {
  quote.hidden = !replyTo;
  if (!replyTo) return;
  quote.querySelector("strong").textContent = quoted ? nameOf(quoted.senderId) : "An earlier message";
  quote.querySelector("span").textContent = quoted ? quotedText(quoted) : "Show it";
}

const quotedText = (message) => (message.deletedAt ? "This message was deleted." : lineOf(message));

export function dayElement(createdAt) {
  const item = element("li", "day");
  item.append(element("span", "", dayOf(createdAt)));
  return item;
}

export function newElement() {
  const item = element("li", "day new");
  item.append(element("span", "", "New"));
  return item;
}

/** Returns a row for a message that cannot be shown. */
export function brokenElement() {
  const item = element("li", "note");
  item.append(element("span", "", "This message cannot be shown."));
  return item;
}

function contentOf(message, nameOf) {
  const people = (message.mentions ?? []).map((userId) => ({ userId, name: userId === EVERYBODY ? "all" : nameOf(userId) }));
  const parts = splitAtMentions(String(message.content ?? ""), people);
  return parts.flatMap(({ text, userId }) => (userId ? [element("bdi", "mention", text)] : linked(text)));
}

const isCalled = ({ mentions = [], senderId }, user) => senderId !== user && [user, EVERYBODY].some((id) => mentions.includes(id));
