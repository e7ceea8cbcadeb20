import { confirmed } from "./confirmed.js";
import { arrange, byId, listen } from "./dom.js";
import { namesIn, presenceText, titleOf } from "./names.js";
import { filledPerson, personElement } from "./person.js";

const MIN_FOR_FILTER = 8;

/** Shows the people of a conversation, and the settings that its managers may change. */
export function showPeopleDialog(session, room) {
  const dialog = byId("people-dialog");
  const rows = new Map();
  /** The number of people whose names were requested. */
  let named = 0;
  const isOpen = () => dialog.open && show();

  function show() {
    const conversation = room.conversation();
    const mayInGroup = (permission) => conversation.kind === "group" && session.isKnown() && room.may(permission);
    byId("people-title").textContent = titleOf(conversation, session);
    byId("people-list").setAttribute("aria-label", "People");
    const people = peopleOf(room);
    if (people.length !== named) session.showUsers(people.map(({ userId }) => userId));
    named = people.length;
    const wanted = byId("people-filter").value.trim().toLocaleLowerCase();
    const found = people.filter(({ userId }) => `${session.nameOf(userId)} ${userId}`.toLocaleLowerCase().includes(wanted));
    byId("people-find").hidden = people.length <= MIN_FOR_FILTER;
    byId("people-none").hidden = found.length > 0;
    arrange(byId("people-list"), found.map((person) => row(person, mayInGroup)));
    byId("add-form").hidden = !mayInGroup("members");
    byId("rename-form").hidden = !mayInGroup("manage");
    byId("delete-conversation").hidden = !mayInGroup("delete_conversation");
    byId("quit").hidden = conversation.kind === "direct";
    if (!byId("quit").dataset.sure) byId("quit").textContent = quitText(conversation);
  }

  /** Returns the row of a person. Rows are created once, so that the focus stays when people join or leave. */
  function row({ userId, role }, mayInGroup) {
    const actions = { remove: () => remove(userId), changeRole: (next) => change("changeRole", { userId, role: next }) };
    if (!rows.has(userId)) rows.set(userId, personElement(userId, actions));
    const isLower = userId !== session.user && isBelow(role, room.role());
    const presence = session.presenceOf(userId);
    const about = [userId === session.user ? "you" : "", role === "member" ? "" : role, nowOf(userId, presence)];
    return filledPerson(rows.get(userId), {
      name: session.nameOf(userId),
      presence,
      about: about.filter(Boolean).join(", "),
      role,
      hasRole: isLower && mayInGroup("roles"),
      isRemovable: isLower && mayInGroup("members"),
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

  async function deleteConversation() {
    if (await change("deleteConversation", {})) dialog.close();
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
    named = 0;
    keepQuit();
    byId("rename").value = room.conversation().title ?? "";
    session.chat.presence.watch(peopleOf(room).map(({ userId }) => userId));
    show();
    dialog.showModal();
  }

  const ends = [
    session.on("directory", isOpen),
    session.on("presence", isOpen),
    session.on("users", isOpen),
    room.on("state", isOpen),
    listen(byId("people"), "click", begin),
    listen(byId("add-form"), "submit", add),
    listen(byId("rename-form"), "submit", rename),
    listen(byId("quit"), "click", pressQuit),
    listen(byId("quit"), "blur", keepQuit),
    confirmed(byId("delete-conversation"), "Really delete it for everybody?", deleteConversation),
    listen(byId("people-filter"), "input", show),
    listen(dialog.querySelector(".cancel"), "click", () => dialog.close()),
  ];
  return () => {
    ends.forEach((end) => end());
    dialog.close();
  };
}

const RANKS = ["owner", "admin", "member"];

/** Returns whether a role is lower than that of the user, who may act only on those below. */
const isBelow = (role, own) => RANKS.includes(own) && RANKS.indexOf(role) > RANKS.indexOf(own);

/** Returns the people with their roles, as far as they are known. */
function peopleOf(room) {
  const roles = new Map(room.members()?.map(({ userId, role }) => [userId, role]));
  return room.people().map((userId) => ({ userId, role: roles.get(userId) }));
}
