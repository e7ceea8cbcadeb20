import { element } from "./dom.js";

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\p{Cc}\p{Cf}]+/giu;
const AFTER = /[.,;:!?…]+$/u;
const PAIRS = { ")": "(", "]": "[", "}": "{" };

/** Words as nodes, with web addresses among them as links. Nothing in them is read as HTML. */
export function linked(words) {
  const nodes = [];
  let end = 0;
  for (const match of words.matchAll(ADDRESS)) {
    const text = withoutEnd(match[0]);
    const target = webAddress(text);
    if (!target) continue;
    nodes.push(words.slice(end, match.index), linkTo(target, text));
    end = match.index + text.length;
  }
  return [...nodes, words.slice(end)].filter((node) => node !== "").map(asNode);
}

const asNode = (node) => (typeof node === "string" ? document.createTextNode(node) : node);

/** What ends a sentence, or closes a bracket that began before, belongs to no address. */
function withoutEnd(text) {
  const shorter = text.replace(AFTER, "");
  const last = shorter.at(-1);
  const opening = PAIRS[last];
  const isOpened = opening && shorter.split(opening).length >= shorter.split(last).length;
  const kept = opening && !isOpened ? withoutEnd(shorter.slice(0, -1)) : shorter;
  return kept;
}

function linkTo(target, text) {
  const link = element("a", "link-out", text);
  return Object.assign(link, { href: target, target: "_blank", rel: "noopener noreferrer" });
}

/** The address that a browser may safely open, or null. */
export function webAddress(text) {
  try {
    const url = new URL(text, document.baseURI);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
