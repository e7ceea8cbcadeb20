import { arrange, byId, listen } from "./dom.js";
import { namesIn, presenceText, titleOf } from "./names.js";
import { filledPerson, personElement } from "./person.js";

const MIN_FOR_FILTER = 8;

/** Shows the people of a conversation, and the settings that its managers may change. */
export function showPeopleDialog(session, room) {
  const dialog = byId("people-dialog");
  const rows = new Map();
  const isOpen = () => dialog.open && show();

  function show() {
    const conversation = room.conversation();
    const isManager = mayManage(conversation, room) && session.isKnown();
    byId("people-title").textContent = titleOf(conversation, session.user);
    byId("people-list").setAttribute("aria-label", "People");
    const people = peopleOf(room);
    const wanted = byId("people-filter").value.trim().toLocaleLowerCase();
    const found = people.filter(({ userId }) => userId.toLocaleLowerCase().includes(wanted));
    byId("people-find").hidden = people.length <= MIN_FOR_FILTER;
    byId("people-none").hidden = found.length > 0;
    arrange(byId("people-list"), found.map((person) => row(person, isManager)));
    byId("add-form").hidden = !isManager;
    byId("rename-form").hidden = !isManager;
    byId("quit").hidden = conversation.kind === "direct";
    if (!byId("quit").dataset.sure) byId("quit").textContent = quitText(conversation);
  }

  /** Returns the row of a person. Rows are created once, so that the focus stays when people join or leave. */
  function row({ userId, role }, isManager) {
    if (!rows.has(userId)) rows.set(userId, personElement(userId, () => remove(userId)));
    const presence = session.presenceOf(userId);
    const about = [userId === session.user ? "you" : "", role === "member" ? "" : role, nowOf(userId, presence)];
    return filledPerson(rows.get(userId), {
      presence,
      about: about.filter(Boolean).join(", "),
      isRemovable: isManager && userId !== session.user && role && role !== "owner",
    });
  }

  function nowOf(userId, presence) {
    if (room.viewers().includes(userId)) return "looking now";
    return presenceText(presence) || (room.present().includes(userId) ? "here" : "");
  }

  async function remove(userId) {
    if (await change("removeMember", { userId })) byId("add").focus();
  }

  async function change(event, payload) {
    byId("people-error").textContent = "";
    const answer = await session.chat.request(event, { conversationId: room.id, ...payload });
    if (!answer.success) byId("people-error").textContent = answer.error;
    return answer.success;
  }

  async function add(event) {
    event.preventDefault();
    const memberIds = namesIn(byId("add").value);
    if (memberIds.length > 0 && (await change("addMembers", { memberIds }))) byId("add").value = "";
  }

  function rename(event) {
    event.preventDefault();
    const title = byId("rename").value.trim();
    if (title) change("updateConversation", { title });
  }

  const quitText = ({ kind }) => (kind === "group" ? "Leave the group" : "Remove from the list");

  /** Leaving a group needs two presses, because it cannot be undone. */
  function pressQuit() {
    const button = byId("quit");
    if (room.conversation().kind !== "group" || button.dataset.sure) return quit();
    button.dataset.sure = "true";
    button.textContent = "Really leave?";
  }

  function keepQuit() {
    delete byId("quit").dataset.sure;
    byId("quit").textContent = quitText(room.conversation());
  }

  async function quit() {
    const isGroup = room.conversation().kind === "group";
    if (isGroup && !(await change("removeMember", { userId: session.user }))) return;
    dialog.close();
    session.forget(room.id);
  }

  function begin() {
    byId("people-error").textContent = "";
    byId("people-filter").value = "";
    keepQuit();
    byId("rename").value = room.conversation().title ?? "";
    session.chat.presence.watch(peopleOf(room).map(({ userId }) => userId));
    show();
    dialog.showModal();
  }

  const ends = [
    session.on("directory", isOpen),
    session.on("presence", isOpen),
    room.on("state", isOpen),
    listen(byId("people"), "click", begin),
    listen(byId("add-form"), "submit", add),
    listen(byId("rename-form"), "submit", rename),
    listen(byId("quit"), "click", pressQuit),
    listen(byId("quit"), "blur", keepQuit),
    listen(byId("people-filter"), "input", show),
    listen(dialog.querySelector(".cancel"), "click", () => dialog.close()),
  ];
  return () => {
    ends.forEach((end) => end());
    dialog.close();
  };
}

function mayManage({ kind }, room) {
  const role = room.members()?.find(({ userId }) => userId === room.user)?.role;
  return kind === "group" && (role === "owner" || role === "admin");
}

/** Returns the members if they are known; otherwise the users seen in the conversation. */
function peopleOf(room) {
  const members = room.members();
  if (members?.length) return members;
  const names = new Set([room.user, ...room.present(), ...room.ticks.users()]);
  return [...names].map((userId) => ({ userId }));
}
