import { byId } from "./dom.js";

let chosen = () => {};

/** Opens the browser's dialog for files. Passes what the user has chosen. */
export function chooseFiles(onChosen) {
  chosen = onChosen;
  byId("attach-input").click();
}

byId("attach-input").addEventListener("change", ({ target }) => {
  const files = [...target.files];
  // Choosing the same file again is a change too.
  target.value = "";
  if (files.length > 0) chosen(files);
});
