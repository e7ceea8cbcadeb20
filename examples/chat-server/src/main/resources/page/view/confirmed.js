/** Makes a button act only when it is pressed twice. */
export function confirmed(target, question, action) {
  const { textContent: text, ariaLabel } = target;

  function reset() {
    delete target.dataset.sure;
    target.textContent = text;
    target.ariaLabel = ariaLabel;
  }

  function press() {
    if (target.dataset.sure) {
      reset();
      return action();
    }
    target.dataset.sure = "true";
    target.textContent = question;
    target.ariaLabel = ariaLabel && `${ariaLabel}? Press again to confirm`;
  }

  target.addEventListener("click", press);
  target.addEventListener("blur", reset);
  return reset;
}
