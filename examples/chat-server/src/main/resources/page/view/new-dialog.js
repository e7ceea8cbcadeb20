import { byId, listen } from "./dom.js";
import { namesIn } from "./names.js";

/** Shows the dialog that starts a direct conversation or a group, or opens a room by its name. */
export function showNewDialog(session) {
  const dialog = byId("new-dialog");
  const form = byId("new-form");
  const kind = () => form.elements.kind.value;

  function show() {
    form.reset();
    say("");
    offerKinds(form, session.isKnown());
    showFields();
    dialog.showModal();
    firstField().focus();
  }

  function showFields() {
    form.querySelectorAll("[data-for]").forEach((label) => {
      label.hidden = label.dataset.for !== kind();
    });
  }

  const firstField = () => form.querySelector(`[data-for="${kind()}"] input`);

  async function start(event) {
    event.preventDefault();
    if (kind() === "open") return openRoom(byId("new-room").value.trim());
    const wanted = kind() === "direct" ? directWanted() : groupWanted();
    if (wanted.memberIds.length === 0) return say("Please name somebody.");
    const answer = await session.chat.request("createConversation", wanted);
    if (!answer.success) return say(answer.error);
    dialog.close();
    session.open(answer.conversation.conversationId);
  }

  function openRoom(name) {
    if (!name) return say("Please name the room.");
    dialog.close();
    session.open(name);
  }

  const ends = [
    listen(byId("new"), "click", show),
    listen(byId("begin"), "click", show),
    listen(form, "submit", start),
    listen(form, "change", (event) => event.target.name === "kind" && showFields()),
    listen(form.querySelector(".cancel"), "click", () => dialog.close()),
  ];
  return () => {
    ends.forEach((end) => end());
    dialog.close();
  };
}

/** Offers only rooms by name if the server does not support conversations with members. */
function offerKinds(form, canCreate) {
  form.querySelector(".kinds").hidden = !canCreate;
  form.elements.kind.value = canCreate ? "direct" : "open";
}

function directWanted() {
  return { kind: "direct", memberIds: namesIn(byId("new-person").value).slice(0, 1) };
}

function groupWanted() {
  const title = byId("new-group").value.trim();
  return { kind: "group", ...(title && { title }), memberIds: namesIn(byId("new-members").value) };
}

function say(text) {
  byId("new-error").textContent = text;
}
