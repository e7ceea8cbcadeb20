export const EVERYBODY = "@all";

const LETTER = /[\p{L}\p{N}_]/u;
/** After these an @ is part of an address. */
const IN_ADDRESS = /[\p{L}\p{N}_/.:@-]/u;
const MOST = 6;

/** Returns the word after an @ before the caret, and where it begins; otherwise null. */
export function wordAt(text, caret) {
  const begin = text.lastIndexOf("@", caret - 1);
  if (begin < 0 || IN_ADDRESS.test(text[begin - 1] ?? " ")) return null;
  const word = text.slice(begin + 1, caret);
  return /[\n@]/.test(word) || word.length > 40 ? null : { begin, word };
}

/** Returns the people whose name or id begins with a word, or a part of whose name does. */
export function matching(people, word) {
  const wanted = word.toLocaleLowerCase();
  const isMatch = ({ userId, name }) =>
    [userId, name, ...name.split(/\s+/)].some((part) => part.toLocaleLowerCase().startsWith(wanted));
  return people.filter(isMatch).slice(0, MOST);
}

/** Returns the ids of the people whose names stand after an @ in a text. */
export function mentionedIn(text, people) {
  return people.filter(({ name }) => placesOf(text, name).length > 0).map(({ userId }) => userId);
}

/** Splits a text at the mentions of some people. */
export function splitAtMentions(text, people) {
  const longestFirst = [...people].sort((a, b) => b.name.length - a.name.length);
  const parts = [];
  let end = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", Math.max(at + 1, end))) {
    const person = longestFirst.find(({ name }) => isNameAt(text, at, name));
    if (!person) continue;
    parts.push({ text: text.slice(end, at) });
    end = at + 1 + person.name.length;
    parts.push({ text: text.slice(at, end), userId: person.userId });
  }
  return [...parts, { text: text.slice(end) }].filter((part) => part.text);
}

function placesOf(text, name) {
  const places = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) if (isNameAt(text, at, name)) places.push(at);
  return places;
}

/** Returns whether a name stands after an @ that begins a word, and not only the beginning of a longer name. */
function isNameAt(text, at, name) {
  const isWord = !IN_ADDRESS.test(text[at - 1] ?? " ") && !LETTER.test(text[at + 1 + name.length] ?? " ");
  return isWord && name !== "" && text.startsWith(name, at + 1);
}
