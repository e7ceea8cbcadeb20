import { byId } from "./dom.js";
import { openMenu } from "./message-menu.js";

const SHOWN = 1_600;

/** Returns the actions of the buttons of a message. */
export function createMessageActions({ room, composer, reveal, leave }) {
  const messageOf = (item) => room.find(item.dataset.id);

  async function goTo(id) {
    if (await room.goTo(id)) show(reveal(id));
  }

  function show(target) {
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    target.classList.add("found");
    setTimeout(() => target.classList.remove("found"), SHOWN);
    target.querySelector(".more").focus({ preventScroll: true });
  }

  /** Leaves the conversation, because its messages would be marked as read again immediately. */
  async function markUnread({ seq }) {
    if (await room.setPreferences({ unreadFrom: seq })) leave();
  }

  async function remove(message) {
    await room.remove(message.id);
    byId("content").focus();
  }

  const actions = {
    goTo,
    jump: (item) => goTo(messageOf(item)?.replyTo),
    pin: (message) => room.pin(message.id, !message.pinned),
    reply: composer.reply,
    edit: composer.edit,
    markUnread,
    remove,
    react: (message, key, isOn) => room.react(message.id, key, isOn),
    menu(item) {
      const message = messageOf(item);
      if (!message) return;
      const own = message.senderId === room.user;
      const isKnown = room.isKnown();
      const may = {
        react: isKnown && room.may("react", true),
        send: room.may("send", true),
        edit: isKnown && own && message.type === "text" && room.may("edit_own", true),
        pin: isKnown && room.may("pin"),
        mark: isKnown && !own,
        delete: isKnown && (room.may("delete_any") || (own && room.may("delete_own", true))),
      };
      const readers = own ? room.ticks.readersOf(message).map(room.nameOf) : [];
      openMenu(item.querySelector(".more"), { message, may, readers, actions });
    },
  };
  return actions;
}
