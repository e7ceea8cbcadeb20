import { listen } from "./dom.js";

/** Makes a button act only when it is pressed twice. Returns a function that ends this. */
export function confirmed(target, question, action) {
  let before = {};

  function reset() {
    if (!target.dataset.sure) return;
    delete target.dataset.sure;
    Object.assign(target, before);
  }

  function press() {
    if (target.dataset.sure) {
      reset();
      return action();
    }
    const { textContent, ariaLabel } = target;
    before = { textContent, ariaLabel };
    target.dataset.sure = "true";
    target.textContent = question;
    target.ariaLabel = ariaLabel && `${ariaLabel}? Press again to confirm`;
  }

  const ends = [listen(target, "click", press), listen(target, "blur", reset)];
  return () => {
    reset();
    ends.forEach((end) => end());
  };
}
