import { button, byId, element, listen } from "./dom.js";
import { listOf } from "./names.js";
import { OFFERED } from "./reactions.js";

const GAP = 6;

/**
 * Opens the menu of a message. Arrow keys move in it; Escape and a click outside close it and return the focus.
 */
export function openMenu(anchor, subject) {
  const menu = byId("menu");
  byId("menu-items").replaceChildren(...itemsFor(subject, close));
  byId("menu-note").textContent = noteOf(subject);
  const at = anchor.getBoundingClientRect();
  menu.hidden = false;
  anchor.ariaExpanded = "true";
  position(menu, anchor);

  const ends = [
    listen(menu, "keydown", key),
    listen(document, "pointerdown", (event) => menu.contains(event.target) || close(), true),
    listen(window, "resize", () => close()),
    listen(byId("messages"), "scroll", () => hasMoved(anchor, at) && close()),
  ];
  const focusable = () => [...menu.querySelectorAll("button")];
  focusable()[0].focus({ preventScroll: true });

  function close(next = () => anchor.focus({ preventScroll: true })) {
    ends.forEach((end) => end());
    anchor.ariaExpanded = "false";
    menu.hidden = true;
    next();
  }

  function key(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (event.key === "Home") focusable()[0].focus();
    else if (event.key === "End") focusable().at(-1).focus();
    else if (step) move(step);
    else return;
    event.preventDefault();
  }

  function move(step) {
    const all = focusable();
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  }
}

function itemsFor({ message, may, actions }, close) {
  const then = (action) => () => close(() => action(message));
  const rows = [];
  if (may.react) rows.push(reactionRow(message, actions, close));
  if (may.send) rows.push(item("Reply", then(actions.reply)));
  if (may.edit) rows.push(item("Edit", then(actions.edit)));
  if (may.pin) rows.push(item(message.pinned ? "Unpin" : "Pin", then(actions.pin)));
  if (may.mark) rows.push(item("Mark unread from here", then(actions.markUnread)));
  if (may.delete) rows.push(deleteItem(message, actions, close));
  return rows;
}

const noteOf = ({ readers }) => (readers.length > 0 ? `Read by ${listOf(readers)}` : "");

function reactionRow(message, actions, close) {
  const row = element("div", "menu-reactions");
  row.role = "group";
  row.ariaLabel = "React";
  row.append(...OFFERED.map((key) => reactionItem(key, message, actions, close)));
  return row;
}

function reactionItem(key, message, actions, close) {
  const isOn = message.reactions?.[key]?.mine === true;
  const made = item(key, () => {
    close();
    actions.react(message, key, !isOn);
  });
  made.role = "menuitemcheckbox";
  made.ariaChecked = String(isOn);
  made.ariaLabel = `React with ${key}`;
  return made;
}

/** Returns the delete item, which acts only when it is pressed twice. */
function deleteItem(message, actions, close) {
  const made = item("Delete", () => {
    if (made.dataset.sure) return close(() => actions.remove(message));
    made.dataset.sure = "true";
    made.textContent = "Delete for everybody?";
  });
  made.classList.add("bad");
  return made;
}

function item(text, onClick) {
  const made = button("menu-item", text, onClick);
  made.role = "menuitem";
  made.tabIndex = -1;
  return made;
}

/** An event of a scroll that ended before the menu was opened may follow. */
const hasMoved = (anchor, at) => Math.abs(anchor.getBoundingClientRect().top - at.top) >= 1;

/** Positions the menu at its message and within the window. */
function position(menu, anchor) {
  const rect = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(Math.max(GAP, rect.left + rect.width / 2 - width / 2), window.innerWidth - width - GAP);
  const below = rect.bottom + GAP;
  const top = below + height < window.innerHeight - GAP ? below : Math.max(GAP, rect.top - height - GAP);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
