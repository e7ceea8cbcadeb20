import { byId, element } from "./dom.js";

const KEPT = 5;

/** Says something to those who hear the page instead of seeing it; what was said just before is not cut off. */
export function announce(text) {
  const place = byId("announcer");
  place.append(element("p", "", text));
  while (place.children.length > KEPT) place.firstElementChild.remove();
}

export const forgetAnnounced = () => byId("announcer").replaceChildren();
