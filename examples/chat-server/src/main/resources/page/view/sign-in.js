import { subjectOf } from "../model/place.js";
import { byId } from "./dom.js";

/** The form at the entrance. */
export function showSignIn({ onJoin }) {
  byId("join-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const place = entered();
    const mistake = mistakeIn(place);
    showMistake(mistake);
    if (mistake) return byId(mistake.field).focus();
    onJoin(place);
  });
  return { show };
}

function show(place, { askForToken = Boolean(place.token), error = "" } = {}) {
  byId("name").value = place.name ?? "";
  byId("room").value = place.room ?? "";
  byId("token").value = place.token ?? "";
  byId("token-field").hidden = !askForToken;
  byId("name-field").hidden = askForToken;
  showMistake({ text: error });
  byId(firstToFill(place, askForToken)).focus();
}

function showMistake(mistake) {
  byId("join-error").textContent = mistake?.text ?? "";
  for (const id of ["name", "token"]) byId(id).ariaInvalid = String(mistake?.field === id);
}

function firstToFill(place, askForToken) {
  if (askForToken) return "token";
  return place.name ? "room" : "name";
}

function entered() {
  const token = byId("token-field").hidden ? "" : byId("token").value.trim();
  const name = token ? (subjectOf(token) ?? "") : byId("name").value.trim();
  return { name, room: byId("room").value.trim(), token: token || undefined };
}

function mistakeIn({ name, token }) {
  if (name) return null;
  if (token) return { field: "token", text: "This is not a token that names a user." };
  if (!byId("token-field").hidden) return { field: "token", text: "Please paste your token." };
  return { field: "name", text: "Please enter a name." };
}
