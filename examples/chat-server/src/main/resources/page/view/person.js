import { paintAvatar } from "./avatar.js";
import { confirmed } from "./confirmed.js";
import { fromTemplate } from "./dom.js";

/** Returns the list row of a person. */
export function personElement(userId, { remove, changeRole }) {
  const item = fromTemplate("person-template");
  const find = (selector) => item.querySelector(selector);
  item.dataset.id = userId;
  confirmed(find(".remove"), "Really remove?", remove);
  find("select").addEventListener("change", ({ target }) => changeRole(target.value));
  return item;
}

/** Updates the parts of a person that can change. */
export function filledPerson(item, { name, presence, about, role, hasRole, isRemovable }) {
  if (item.querySelector(".person-name").textContent !== name) named(item, name);
  item.querySelector(".avatar").dataset.presence = presence?.status ?? "";
  item.querySelector(".quiet").textContent = about;
  item.querySelector(".role").hidden = !hasRole;
  item.querySelector("select").value = role ?? "";
  item.querySelector(".remove").hidden = !isRemovable;
  return item;
}

function named(item, name) {
  const find = (selector) => item.querySelector(selector);
  find(".person-name").textContent = name;
  paintAvatar(find(".avatar"), name, item.dataset.id);
  find(".role .unseen").textContent = `Role of ${name}`;
  find(".remove").ariaLabel = `Remove ${name}`;
}
