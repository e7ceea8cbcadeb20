import { byId, listen } from "./dom.js";
import { showPicture } from "./picture.js";

/** Shows the pictures of a message large, one at a time. Escape and a click beside the picture close it. */
export function openPicture(pictures, first, links) {
  const dialog = byId("picture-dialog");
  let at = first;

  function show() {
    const file = pictures[at];
    const picture = byId("picture");
    picture.removeAttribute("src");
    picture.alt = file.fileName ?? "";
    byId("picture-name").textContent = file.fileName || "Picture";
    byId("picture-link").href = links.urlOf(file.fileUrl);
    byId("picture-steps").hidden = pictures.length < 2;
    byId("picture-place").textContent = `${at + 1} of ${pictures.length}`;
    listen(picture, "load", () => (byId("picture-link").href = picture.src), { once: true });
    showPicture(picture, file, links);
  }

  function move(step) {
    at = (at + step + pictures.length) % pictures.length;
    show();
  }

  const ends = [
    listen(dialog.querySelector(".cancel"), "click", () => dialog.close()),
    listen(dialog, "click", ({ target }) => target === dialog && dialog.close()),
    listen(dialog, "keydown", ({ key }) => pictures.length > 1 && key.startsWith("Arrow") && move(/Left|Up/.test(key) ? -1 : 1)),
    listen(byId("picture-before"), "click", () => move(-1)),
    listen(byId("picture-after"), "click", () => move(1)),
    listen(dialog, "close", () => ends.forEach((end) => end())),
  ];
  show();
  dialog.showModal();
}
