import { byId, element } from "./dom.js";

const KEPT = 5;

/** Announces a text to screen readers, without interrupting the previous one. */
export function announce(text) {
  const place = byId("announcer");
  place.append(element("p", "", text));
  while (place.children.length > KEPT) place.firstElementChild.remove();
}

export const forgetAnnounced = () => byId("announcer").replaceChildren();
