import { element } from "./dom.js";
import { outLink, webAddress } from "./links.js";

const LONGEST = 500;

const shown = new WeakMap();

/** Shows what the host has added to a message, such as a link preview or a translation: its title, text and link. */
export function fillAnnotations(place, annotations = {}) {
  const state = JSON.stringify(annotations);
  if (shown.get(place) === state) return;
  shown.set(place, state);
  place.replaceChildren(...Object.entries(annotations).map(annotationElement));
  place.hidden = place.children.length === 0;
}

/** Returns the row of an annotation. One without words to show is a label. */
function annotationElement([key, value]) {
  const row = element("p", "annotation");
  const title = textOf(value?.title);
  const address = textOf(value?.url);
  const target = address && webAddress(address);
  if (target) row.append(outLink("annotation-title", target, title || target));
  else if (title) row.append(element("strong", "annotation-title", title));
  const words = textOf(value?.text) || textOf(value?.description);
  if (words) row.append(wordsElement(words, value.lang));
  row.prepend(element("span", row.children.length > 0 ? "annotation-key" : "annotation-key label", key));
  return row;
}

function wordsElement(words, lang) {
  const made = element("span", "annotation-text", words);
  made.dir = "auto";
  if (typeof lang === "string") made.lang = lang;
  return made;
}

const textOf = (value) => (typeof value === "string" ? value.slice(0, LONGEST) : "");
