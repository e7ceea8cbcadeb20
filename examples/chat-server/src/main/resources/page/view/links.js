import { element } from "./dom.js";

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\p{Cc}\p{Cf}]+/giu;
const AFTER = ".,;:!?…";
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
  const counts = {};
  for (const character of text) counts[character] = (counts[character] ?? 0) + 1;
  let end = text.length;
  for (; end > 0; end--) {
    const last = text[end - 1];
    const isUnbalanced = last in PAIRS && (counts[PAIRS[last]] ?? 0) < counts[last]--;
    if (!isUnbalanced && !AFTER.includes(last)) break;
  }
  return text.slice(0, end);
}

const linkTo = (target, text) => outLink("link-out", target, text);

/** Returns a link to another site, which does not learn where it was followed. */
export function outLink(className, target, text) {
  return Object.assign(element("a", className, text), { href: target, target: "_blank", rel: "noopener noreferrer nofollow" });
}

/**
 * Returns the address if its scheme is http or https; otherwise null, also for one with a user name, which can look like
 * the name of another site.
 */
export function webAddress(text) {
  try {
    const url = new URL(text, document.baseURI);
    return ["http:", "https:"].includes(url.protocol) && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}
