import { paintAvatar, paintHue } from "./avatar.js";
import { element, fromTemplate } from "./dom.js";
import { fillReactions } from "./reactions.js";
import { fillTick } from "./tick.js";
import { clockOf, dayOf } from "./time.js";
import { linked, webAddress } from "./links.js";

/** A message as an element: a bubble, or a line in the middle for the system's words. Actions say what its parts do. */
export function messageElement(message, { own, actions }) {
  const item = fromTemplate("message-template");
  const find = (selector) => item.querySelector(selector);
  item.dataset.id = message.id ?? "";
  item.classList.add(own ? "own" : "other", message.type === "system" ? "system" : "said");
  paintAvatar(find(".avatar"), message.senderId);
  paintHue(item, message.senderId);
  find(".sender").textContent = message.senderId ?? "";
  find("time").dateTime = message.createdAt ?? "";
  find("time").textContent = clockOf(message.createdAt);
  find(".quote").addEventListener("click", () => actions.jump(item));
  find(".more").addEventListener("click", () => actions.menu(item));
  return item;
}

/** What may change of a message. */
export function fillMessage(item, message, { state, quoted, user, onReact }) {
  const find = (selector) => item.querySelector(selector);
  const isGone = Boolean(message.deletedAt);
  item.dataset.state = state.isUnsent ? state.tick : "sent";
  item.classList.toggle("gone", isGone);
  fillContent(find(".content"), message, isGone);
  find(".edited").hidden = !message.editedAt || isGone;
  find(".more").hidden = isGone || state.isUnsent || message.type === "system";
  find(".more").ariaLabel = `Actions for ${message.senderId ?? "somebody"}: ${String(message.content || "file").slice(0, 60)}`;
  fillTick(item, state.tick);
  fillQuote(find(".quote"), isGone ? null : message.replyTo, quoted);
  fillReactions(find(".reactions"), isGone ? {} : message.reactions, { user, onReact });
}

/** A tick or a reaction leaves the words alone. */
function fillContent(place, message, isGone) {
  const words = isGone ? ["This message was deleted."] : contentOf(message);
  const wanted = words.map((part) => part.textContent ?? part).join("");
  if (place.childNodes.length !== words.length || place.textContent !== wanted) place.replaceChildren(...words);
}

/** The words that a message answers, as far as they are here. */
function fillQuote(quote, replyTo, quoted) {
  quote.hidden = !replyTo;
  if (!replyTo) return;
  quote.querySelector("strong").textContent = quoted?.senderId ?? "An earlier message";
  quote.querySelector("span").textContent = quoted ? quotedWords(quoted) : "Show it";
}

const quotedWords = ({ deletedAt, content, fileName }) =>
  deletedAt ? "This message was deleted." : content || fileName || "File";

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

/** A message that cannot be shown. */
export function brokenElement() {
  const item = element("li", "note");
  item.append(element("span", "", "This message cannot be shown."));
  return item;
}

function contentOf(message) {
  const words = linked(String(message.content ?? ""));
  return message.fileUrl ? [...words, fileElement(message)] : words;
}

/** Only what a browser may safely open is a link. */
function fileElement({ fileUrl, fileName }) {
  const target = webAddress(fileUrl);
  const file = element(target ? "a" : "span", "file", fileName || fileUrl);
  if (target) Object.assign(file, { href: target, target: "_blank", rel: "noopener noreferrer" });
  return file;
}
