import { factsOf, filesOf, isPicture } from "../model/file-facts.js";
import { element } from "./dom.js";
import { outLink, webAddress } from "./links.js";
import { showPicture } from "./picture.js";
import { openPicture } from "./picture-dialog.js";

const shown = new WeakMap();
const LONGEST = 240;
const SHORTEST = 72;
const SHAPE = "M7 3.5h6l4.5 4.5v12.5h-10.5zM13 3.5v4.5h4.5";

/** Shows the files of a message: pictures small, and other files as a card. */
export function fillFiles(place, message, links) {
  const files = filesOf(message);
  // A new signature is not another file.
  const key = JSON.stringify(files.map(({ fileUrl, fileName }) => [fileUrl.split("?")[0], fileName]));
  place.hidden = files.length === 0;
  if (shown.get(place) === key) return;
  shown.set(place, key);
  const pictures = files.filter(isPicture);
  place.replaceChildren(...files.map((file) => (isPicture(file) ? pictureButton(file, pictures, links) : fileCard(file, links))));
}

function pictureButton(file, pictures, links) {
  const made = element("button", "picture-button");
  made.type = "button";
  made.ariaLabel = `Open ${file.fileName || "the picture"}`;
  made.append(pictureOf(file, links));
  made.addEventListener("click", () => openPicture(pictures, pictures.indexOf(file), links));
  return made;
}

function pictureOf(file, links) {
  const picture = element("img", "thumb");
  picture.alt = file.fileName ?? "";
  picture.loading = "lazy";
  reserve(picture, file);
  showPicture(picture, file, links);
  return picture;
}

/** Gives a picture its proportions before it is loaded, if its sender has stated them. Extreme ones are cut. */
function reserve(picture, { width, height }) {
  if (!(width > 0 && height > 0)) return;
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const [across, down] = [width, height].map((side) => Math.max(SHORTEST, Math.round(side * scale)));
  picture.classList.add("sized");
  picture.style.setProperty("--across", `${across}px`);
  picture.style.setProperty("--shape", `${across} / ${down}`);
}

/** Returns a link with the name and the facts of a file, or plain text if the scheme is not http or https. */
function fileCard(file, links) {
  const { fileUrl, fileName } = file;
  const target = webAddress(links.urlOf(fileUrl));
  const card = target ? outLink("file", target, "") : element("span", "file");
  card.append(iconOf(), fileWords(fileName || fileUrl, factsOf(file)));
  card.addEventListener("click", (event) => follow(event, fileUrl, links));
  return card;
}

/** Obtains a new link first if the message's has ended. */
async function follow(event, fileUrl, links) {
  const card = event.currentTarget;
  if (links.isCurrent(card.dataset.renewed ?? fileUrl)) return;
  event.preventDefault();
  const address = await links.currentUrlOf(fileUrl);
  card.href = address;
  // The address may have a path before that of the file.
  card.dataset.renewed = fileUrl.split("?")[0] + new URL(address).search;
  if (links.isCurrent(card.dataset.renewed)) card.click();
}

export function fileWords(name, facts) {
  const words = element("span", "file-words");
  const title = element("span", "file-name", name);
  title.dir = "auto";
  words.append(title);
  if (facts) words.append(element("span", "file-facts", facts));
  return words;
}

export function iconOf() {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPE);
  icon.append(path);
  icon.classList.add("file-icon");
  return icon;
}
