import { arrange, button, element } from "./dom.js";

/** The reactions in the menu. Other clients may send others. */
export const OFFERED = ["👍", "❤️", "😂", "😮", "😢", "🎉"];

/** Shows a button for each reaction, with its count and whether this user chose it. */
export function fillReactions(place, reactions = {}, { nameOf, onReact }) {
  const chips = Object.entries(reactions ?? {}).map(([key, reaction]) => {
    const userIds = Array.isArray(reaction?.userIds) ? reaction.userIds : [];
    const count = reaction?.count ?? userIds.length;
    const chip = chipOf(place, key, onReact);
    const names = userIds.map(nameOf).join(", ");
    chip.lastChild.textContent = count;
    chip.ariaPressed = String(reaction?.mine === true);
    chip.title = names;
    chip.ariaLabel = `${key} ${count}: ${names}`;
    return chip;
  });
  place.hidden = chips.length === 0;
  arrange(place, chips);
}

function chipOf(place, key, onReact) {
  const known = [...place.children].find((chip) => chip.dataset.key === key);
  if (known) return known;
  const chip = button("chip", "", () => onReact(key, chip.ariaPressed !== "true"));
  chip.dataset.key = key;
  chip.tabIndex = -1;
  chip.append(element("span", "chip-key", key), element("span", "chip-count"));
  return chip;
}
