const TICKS = { sending: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 5v3.2l2.2 1.4", sent: "m3 8.5 3.2 3.2L13 4.8", failed: "M8 3v6m0 3v.6" };
const TICK_NAMES = { sending: "sending", sent: "sent", failed: "not sent" };
const HUES = 8;

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dayName = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

/** A message as an element: a bubble, or a line in the middle for the system's words. */
export function messageElement(message, { own, state }) {
  const item = document.getElementById("message-template").content.firstElementChild.cloneNode(true);
  const find = (selector) => item.querySelector(selector);
  item.dataset.id = message.id ?? "";
  item.dataset.state = state;
  item.classList.add(own ? "own" : "other", message.type === "system" ? "system" : "said");
  item.classList.add(`hue-${hueOf(message.senderId)}`);
  find(".avatar").textContent = initials(message.senderId);
  find(".sender").textContent = message.senderId;
  find(".content").append(...contentOf(message));
  find("time").dateTime = message.createdAt;
  find("time").textContent = timeOfDay.format(new Date(message.createdAt));
  find(".tick path").setAttribute("d", TICKS[state]);
  find(".unseen").textContent = TICK_NAMES[state];
  return item;
}

export function dayElement(createdAt) {
  const item = document.createElement("li");
  item.className = "day";
  item.textContent = dayOf(createdAt);
  return item;
}

export const dayOf = (createdAt) => dayName.format(new Date(createdAt));

function contentOf(message) {
  const words = document.createTextNode(message.content ?? "");
  return message.fileUrl ? [words, fileElement(message)] : [words];
}

/** Only what a browser may safely open is a link. */
function fileElement({ fileUrl, fileName }) {
  const target = webAddress(fileUrl);
  const element = document.createElement(target ? "a" : "span");
  element.className = "file";
  element.textContent = fileName || fileUrl;
  if (target) Object.assign(element, { href: target, target: "_blank", rel: "noopener noreferrer" });
  return element;
}

function webAddress(text) {
  try {
    const url = new URL(text, location.href);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

const initials = (name) => Array.from(name.trim())[0]?.toUpperCase() ?? "?";

function hueOf(name) {
  return Array.from(name).reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 9_973, 7) % HUES;
}
