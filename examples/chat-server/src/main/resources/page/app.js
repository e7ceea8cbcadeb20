import { createChat } from "./chat.js";
import { showComposer } from "./composer.js";
import { byId } from "./dom.js";
import { showJoinForm } from "./join-form.js";
import { rememberPlace, rememberedPlace } from "./place.js";
import { showMessages } from "./message-list.js";
import { showStatus } from "./status.js";
import { showTyping } from "./typing-line.js";

const joinForm = showJoinForm({ onJoin: enter });
let leaveRoom = null;

function enter(place) {
  rememberPlace(place);
  byId("join").hidden = true;
  byId("chat").hidden = false;
  byId("room-title").textContent = place.room;
  byId("own-name").textContent = place.name;
  document.title = `${place.room} · Roomcast`;
  leaveRoom = openChat(place);
}

function openChat(place) {
  const chat = createChat(place);
  const views = [showStatus(chat), showMessages(chat), showTyping(chat), showComposer(chat)];
  chat.on("unauthenticated", (text) => exit({ askForToken: true, error: text }));
  chat.start();
  return () => {
    chat.stop();
    views.forEach((close) => close());
  };
}

function exit(reason = {}) {
  leaveRoom?.();
  leaveRoom = null;
  const place = rememberedPlace();
  rememberPlace({ ...place, inside: false });
  byId("chat").hidden = true;
  byId("join").hidden = false;
  document.title = "Roomcast";
  joinForm.show(place, reason);
}

function followHash() {
  const place = rememberedPlace();
  const current = byId("room-title").textContent;
  if (!leaveRoom || !place.room || place.room === current) return;
  leaveRoom();
  enter({ ...place, inside: true });
}

byId("leave").addEventListener("click", () => exit());
window.addEventListener("hashchange", followHash);

const place = rememberedPlace();
if (place.inside && place.name && place.room) {
  enter(place);
} else {
  joinForm.show(place);
}
