import { subjectOf } from "../model/tab.js";
import { byId } from "./dom.js";

/** Shows the sign-in form. Calls onJoin with name, room and token. */
export function showSignIn({ onJoin }) {
  byId("join-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const tab = input();
    const problem = problemIn(tab);
    showProblem(problem);
    if (problem) return byId(problem.field).focus();
    onJoin(tab);
  });
  return { show };
}

function show(tab, { askForToken = Boolean(tab.token), error = "" } = {}) {
  byId("name").value = tab.name ?? "";
  byId("room").value = tab.room ?? "";
  byId("token").value = tab.token ?? "";
  byId("token-field").hidden = !askForToken;
  byId("name-field").hidden = askForToken;
  showProblem({ text: error });
  byId(firstToFill(tab, askForToken)).focus();
}

function showProblem(problem) {
  byId("join-error").textContent = problem?.text ?? "";
  for (const id of ["name", "token"]) byId(id).ariaInvalid = String(problem?.field === id);
}

function firstToFill(tab, askForToken) {
  if (askForToken) return "token";
  return tab.name ? "room" : "name";
}

function input() {
  const token = byId("token-field").hidden ? "" : byId("token").value.trim();
  const name = token ? (subjectOf(token) ?? "") : byId("name").value.trim();
  return { name, room: byId("room").value.trim(), token: token || undefined };
}

function problemIn({ name, token }) {
  if (name) return null;
  if (token) return { field: "token", text: "This is not a token that names a user." };
  if (!byId("token-field").hidden) return { field: "token", text: "Please paste your token." };
  return { field: "name", text: "Please enter a name." };
}
