import { element } from "./dom.js";

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\p{Cc}\p{Cf}]+/giu;
const AFTER = /[.,;:!?…]+$/u;
const PAIRS = { ")": "(", "]": "[", "}": "{" };

/** Converts text to nodes, with links for web addresses. The text is never parsed as HTML. */
export function linked(content) {
  const nodes = [];
  let end = 0;
  for (const match of content.matchAll(ADDRESS)) {
    const text = withoutEnd(match[0]);
    const target = webAddress(text);
    if (!target) continue;
    nodes.push(content.slice(end, match.index), linkTo(target, text));
    end = match.index + text.length;
  }
  return [...nodes, content.slice(end)].filter((node) => node !== "").map(asNode);
}

const asNode = (node) => (typeof node === "string" ? document.createTextNode(node) : node);

/** Removes punctuation and unbalanced closing brackets from the end of an address. */
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

/** Returns the address if its scheme is http or https; otherwise null. */
export function webAddress(text) {
  try {
    const url = new URL(text, document.baseURI);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
