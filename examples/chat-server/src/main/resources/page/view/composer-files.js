import { failureWords } from "../model/failures.js";
import { isPicture, sizeOf } from "../model/file-facts.js";
import { announce } from "./announcer.js";
import { byId, element, listen } from "./dom.js";
import { chooseFiles } from "./file-chooser.js";
import { fileWords, iconOf } from "./files.js";
import { createPreviews } from "./previews.js";

/** The files that were attached and not sent yet, by room: they wait while the user looks at other rooms. */
const waiting = new WeakMap();

/** Attaches files by the button, by dropping and by pasting, and shows them until they are sent. */
export function createComposerFiles(room, session, field, onError) {
  const list = byId("attached");
  const rooms = waiting.get(session) ?? new Map();
  let files = rooms.get(room.id) ?? [];
  let rows = new Map();
  let depth = 0;
  const previews = createPreviews();
  waiting.set(session, rooms);

  function attach(added) {
    if (!room.takesFiles()) return onError("You cannot send files here.");
    onError("");
    const others = room.resumeFiles(added);
    const resumed = added.length - others.length;
    if (resumed > 0) announce(`${resumed === 1 ? "The upload goes" : `${resumed} uploads go`} on`);
    keep([...files, ...others.filter(isAccepted)]);
    if (others.length > 0) announce(`${files.length} ${files.length === 1 ? "file" : "files"} to send`);
    field.focus();
  }

  function isAccepted({ name, size }) {
    const limits = room.limits();
    if (!limits || size <= limits.fileBytes) return true;
    onError(`${failureWords({ code: "file_too_large", field: name })} A file may have ${sizeOf(limits.fileBytes)}.`);
    return false;
  }

  function keep(next) {
    const most = room.limits()?.attachments ?? next.length;
    if (next.length > most) onError(`A message has at most ${most} files.`);
    files = next.slice(0, most);
    rooms.set(room.id, files);
    show();
  }

  function show() {
    const before = rows;
    rows = new Map(files.map((file) => [file, before.get(file) ?? rowOf(file)]));
    list.replaceChildren(...rows.values());
    list.hidden = files.length === 0;
    previews.keep(files);
  }

  function rowOf(file) {
    const row = element("li", "attached-file");
    const remove = element("button", "icon-button", "×");
    remove.type = "button";
    remove.ariaLabel = `Remove ${file.name}`;
    remove.addEventListener("click", () => {
      keep(files.filter((other) => other !== file));
      field.focus();
    });
    row.append(isPicture({ mimeType: file.type }) ? previews.imageOf(file, "") : iconOf(), fileWords(file.name, sizeOf(file.size)), remove);
    return row;
  }

  function paste(event) {
    const { files: pasted, types } = event.clipboardData;
    // Office programs add a picture of the text that was copied.
    const isText = types.includes("text/plain") && types.includes("text/html");
    if (pasted.length === 0 || isText) return;
    event.preventDefault();
    attach([...pasted]);
  }

  const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");

  function enter(event) {
    if (!hasFiles(event)) return;
    depth++;
    byId("drop").hidden = !room.takesFiles();
  }

  function leave(event) {
    if (hasFiles(event)) depth = Math.max(0, depth - 1);
    if (depth === 0) byId("drop").hidden = true;
  }

  /** Otherwise the browser would leave the page and show the file. */
  function over(event) {
    if (hasFiles(event)) event.preventDefault();
  }

  function drop(event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    byId("drop").hidden = true;
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === "file");
    const isFolder = (item) => item.webkitGetAsEntry?.()?.isDirectory;
    if (items.some(isFolder)) onError("A folder cannot be sent. Choose the files in it.");
    const dropped = items.filter((item) => !isFolder(item)).map((item) => item.getAsFile());
    if (dropped.length > 0) attach(dropped.filter(Boolean));
  }

  function showPermission() {
    byId("attach").hidden = !room.takesFiles();
  }

  const ends = [
    listen(byId("attach"), "click", () => chooseFiles(attach)),
    listen(field, "paste", paste),
    listen(window, "dragenter", enter),
    listen(window, "dragleave", leave),
    listen(window, "dragover", over),
    listen(window, "drop", drop),
    room.on("state", showPermission),
  ];
  show();
  showPermission();

  return {
    count: () => files.length,
    /** Sends the files with a text. Returns whether they were accepted. */
    send(text, more) {
      const isSent = room.sayFiles(files, text, more);
      if (isSent) keep([]);
      return isSent;
    },
    close() {
      ends.forEach((end) => end());
      byId("drop").hidden = true;
      list.replaceChildren();
      list.hidden = true;
      previews.keep([]);
    },
  };
}
