export const byId = (id) => document.getElementById(id);

/** Adds a listener. Returns a function that removes it. */
export function listen(target, event, listener, options) {
  target.addEventListener(event, listener, options);
  return () => target.removeEventListener(event, listener, options);
}

/** Returns functions to draw in the next frame, however often it is requested, and to cancel that. */
export function inNextFrame(draw) {
  let frame = 0;

  function drawNow() {
    frame = 0;
    draw();
  }

  return {
    request() {
      frame ||= requestAnimationFrame(drawNow);
    },
    cancel: () => cancelAnimationFrame(frame),
  };
}

export const fromTemplate = (id) => byId(id).content.firstElementChild.cloneNode(true);

/** Returns an element with a class and a text. */
export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Returns text of another user, isolated so that its direction does not affect the surrounding text. */
export function apart(words) {
  const made = document.createElement("bdi");
  made.textContent = words;
  return made;
}

/** Replaces the content unless it reads the same, because that disturbs selections and screen readers. */
export function refill(parent, words) {
  const wanted = words.map((part) => part.textContent ?? part).join("");
  if (parent.childNodes.length !== words.length || parent.textContent !== wanted) parent.replaceChildren(...words);
}

/** Returns a button that does not submit a form. */
export function button(className, text, onClick) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/** Arranges the children in the order. Moves as few as possible, because that disturbs focus and screen readers. */
export function arrange(parent, children) {
  const keep = new Set(children);
  const focused = document.activeElement;
  [...parent.children].filter((child) => !keep.has(child)).forEach((child) => child.remove());
  children.forEach((child, i) => parent.children[i] !== child && parent.insertBefore(child, parent.children[i] ?? null));
  // An element that is moved loses the focus.
  if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}
