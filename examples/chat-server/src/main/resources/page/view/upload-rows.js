import { failureWords } from "../model/failures.js";
import { factsOf, isPicture, percentOf, sizeOf } from "../model/file-facts.js";
import { announce } from "./announcer.js";
import { element } from "./dom.js";
import { fileWords, iconOf } from "./files.js";
import { chooseFiles } from "./file-chooser.js";

/** Shows the files of an own message that are on their way, and the buttons that steer them. */
export function uploadRow(item, id, room, previews) {
  const find = (selector) => item.querySelector(selector);
  const [place, steering] = [find(".files"), find(".steering")];
  const pause = find(".pause");
  let rows = [];
  let status = "";
  let missing = [];
  place.hidden = false;

  pause.addEventListener("click", () => (status === "paused" ? room.resume(id) : room.pause(id)));
  find(".steering .cancel").addEventListener("click", () => room.discard(id));
  find(".choose").addEventListener("click", () => chooseFiles(again));

  function again(files) {
    const others = room.resumeFiles(files);
    if (others.length > 0) room.showError({ error: `That is another file. Choose ${missing.join(" and ")} again, unchanged.` });
    else room.resume(id);
  }

  /** Updates what can change; the row stays, so that its buttons keep the focus. */
  return (entry) => {
    if (rows.length === 0) rows = entry.files.map((file) => fileRow(file, previews));
    place.replaceChildren(...(place.childElementCount === rows.length ? place.children : rows.map(({ row }) => row)));
    rows.forEach((row, i) => row.fill(entry.files[i]));
    missing = entry.files.filter((file) => file.status === "missing").map(({ fileName }) => fileName);
    if (status && status !== entry.status) tell(entry);
    status = entry.status;
    const isFailed = status === "failed";
    item.dataset.state = status;
    steering.hidden = isFailed;
    pause.hidden = missing.length > 0 || entry.files.every((file) => ["checking", "ready"].includes(file.status));
    pause.textContent = status === "paused" ? "Resume" : "Pause";
    find(".choose").hidden = missing.length === 0;
    find(".choose").textContent = missing.length > 1 ? "Choose the files again" : "Choose the file again";
    find(".trouble").hidden = !isFailed;
    find(".why").textContent = isFailed ? whyOf(entry) : "";
  };
}

function tell(entry) {
  const names = entry.files.map(({ fileName }) => fileName).join(", ");
  if (entry.status === "failed") announce(`${names} was not sent. ${whyOf(entry)}`);
  if (entry.status === "paused") announce(`Paused: ${names}`);
}

function whyOf({ files, failure }) {
  const failed = files.find((file) => file.status === "failed");
  return failureWords({ field: failed?.fileName, ...failure });
}

function fileRow(file, previews) {
  const row = element("div", "upload");
  const bar = document.createElement("progress");
  const words = element("span", "upload-state");
  const body = fileWords(file.fileName, "");
  bar.max = Math.max(1, file.fileSize);
  bar.ariaLabel = file.fileName;
  body.append(bar, words);
  row.append(iconOf(), body);
  return {
    row,
    fill(now) {
      showPreview(row, now, previews);
      bar.value = now.loaded;
      row.dataset.state = now.status;
      const text = stateOf(now);
      if (words.textContent !== text) words.textContent = text;
    },
  };
}

/** Shows a picture as soon as the page has the file, which may be chosen again later. */
function showPreview(row, { file, fileName, mimeType }, previews) {
  if (!file || !isPicture({ mimeType }) || row.querySelector("img")) return;
  row.querySelector(".file-icon").replaceWith(previews.imageOf(file, fileName));
}

function stateOf({ status, loaded, fileSize, fileName, mimeType }) {
  const percent = `${percentOf(loaded, fileSize)} % of ${sizeOf(fileSize)}`;
  return {
    waiting: `Waiting, ${factsOf({ fileName, fileSize, mimeType })}`,
    uploading: percent,
    paused: `Paused at ${percent}`,
    missing: `Interrupted at ${percent}. Choose the same file to go on.`,
    checking: "Checking",
    ready: `Uploaded, ${factsOf({ fileName, fileSize, mimeType })}`,
    failed: "Not sent",
  }[status];
}
