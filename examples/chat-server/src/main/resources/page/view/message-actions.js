import { byId } from "./dom.js";
import { openMenu } from "./message-menu.js";

const MOST_PAGES = 10;
const SHOWN = 1_600;

/** Returns the actions of the buttons of a message. */
export function createMessageActions({ room, composer, reveal }) {
  const messageOf = (item) => room.find(item.dataset.id);

  async function load(id) {
    for (let page = 0; page < MOST_PAGES && !room.find(id) && room.state().hasOlder; page++) {
      if (!(await room.loadOlder()).success) return;
    }
  }

  async function jump(item) {
    const { replyTo } = messageOf(item) ?? {};
    await load(replyTo);
    const target = reveal(replyTo);
    if (!target) return room.showError({ error: "The message is too far back." });
    target.scrollIntoView({ block: "center" });
    target.classList.add("found");
    setTimeout(() => target.classList.remove("found"), SHOWN);
    target.querySelector(".more").focus({ preventScroll: true });
  }

  async function remove(message) {
    await room.remove(message.id);
    byId("content").focus();
  }

  const actions = {
    user: room.user,
    jump,
    reply: composer.reply,
    edit: composer.edit,
    remove,
    react: (message, key, isOn) => room.react(message.id, key, isOn),
    menu(item) {
      const message = messageOf(item);
      if (!message) return;
      const own = message.senderId === room.user;
      const readers = own ? room.ticks.readersOf(message) : [];
      openMenu(item.querySelector(".more"), { message, own, readers, isKnown: room.isKnown(), actions });
    },
  };
  return actions;
}
