import { paintAvatar } from "./avatar.js";
import { confirmed } from "./confirmed.js";
import { fromTemplate } from "./dom.js";

/** Returns the list row of a person. */
export function personElement(userId, onRemove) {
  const item = fromTemplate("person-template");
  const find = (selector) => item.querySelector(selector);
  paintAvatar(find(".avatar"), userId);
  find(".person-name").textContent = userId;
  find(".remove").ariaLabel = `Remove ${userId}`;
  confirmed(find(".remove"), "Really remove?", onRemove);
  return item;
}

/** Updates the parts of a person that can change. */
export function filledPerson(item, { presence, about, isRemovable }) {
  item.querySelector(".avatar").dataset.presence = presence?.status ?? "";
  item.querySelector(".quiet").textContent = about;
  item.querySelector(".remove").hidden = !isRemovable;
  return item;
}
