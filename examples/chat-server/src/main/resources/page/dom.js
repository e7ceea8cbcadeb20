export const byId = (id) => document.getElementById(id);

/** Adds a listener and answers a function that takes it away again. */
export function listen(target, event, listener) {
  target.addEventListener(event, listener);
  return () => target.removeEventListener(event, listener);
}
