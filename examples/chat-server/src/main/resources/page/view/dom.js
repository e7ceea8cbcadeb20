export const byId = (id) => document.getElementById(id);

/** Adds a listener and answers a function that takes it away again. */
export function listen(target, event, listener, options) {
  target.addEventListener(event, listener, options);
  return () => target.removeEventListener(event, listener, options);
}

export const fromTemplate = (id) => byId(id).content.firstElementChild.cloneNode(true);

/** A small element with words. */
export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Words that somebody else chose, whose direction turns nothing around them. */
export function apart(words) {
  const made = document.createElement("bdi");
  made.textContent = words;
  return made;
}

/** A button that does no more than it is told. */
export function button(className, text, onClick) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/** Puts the children in this order and touches only those that are elsewhere, so that focus and screen readers stay. */
export function arrange(parent, children) {
  const keep = new Set(children);
  const focused = document.activeElement;
  [...parent.children].filter((child) => !keep.has(child)).forEach((child) => child.remove());
  children.forEach((child, i) => parent.children[i] !== child && parent.insertBefore(child, parent.children[i] ?? null));
  // Whoever is moved loses the focus.
  if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}
