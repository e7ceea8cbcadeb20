import { byId, listen } from "./dom.js";

const LONGEST = 5_000;
const COUNTED_FROM = 4_500;
const TALLEST = 160;

/** The field to write in. A draft belongs to its room and outlives the page. */
export function showComposer(chat) {
  const content = byId("content");
  const key = `roomcast.draft.${chat.place.name}.${chat.place.room}`;

  function write(text) {
    content.value = text;
    sessionStorage.setItem(key, text);
    count(text.length);
    grow(content);
  }

  function typed() {
    write(content.value);
    say("");
    if (content.value.trim()) chat.typing.typed();
    else chat.typing.stop();
  }

  function send(event) {
    event.preventDefault();
    say("");
    chat.typing.stop();
    const text = content.value.trim();
    if (!text && chat.state() !== "online") return;
    write("");
    chat.outbox.add(text);
    content.focus();
  }

  function sendOnEnter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    send(event);
  }

  /** Refused words come back to be mended, unless others have been begun. */
  function takeBack(offer) {
    if (content.value) return;
    offer.taken = true;
    write(offer.content);
  }

  const ends = [
    listen(content, "input", typed),
    listen(content, "keydown", sendOnEnter),
    listen(content, "blur", chat.typing.stop),
    listen(byId("composer"), "submit", send),
    chat.on("refused", takeBack),
    chat.on("error", say),
  ];
  write(sessionStorage.getItem(key) ?? "");
  content.focus();
  return () => {
    ends.forEach((end) => end());
    say("");
  };
}

function say(text) {
  byId("error").textContent = text;
}

function count(length) {
  const counter = byId("counter");
  counter.textContent = length < COUNTED_FROM ? "" : `${length.toLocaleString("en")} / ${LONGEST.toLocaleString("en")}`;
  counter.classList.toggle("over", length > LONGEST);
}

/** As tall as its words, through the object model, because the page allows no inline styles. */
function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
}
