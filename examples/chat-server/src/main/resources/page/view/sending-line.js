import { percentOf } from "../model/file-facts.js";
import { announce } from "./announcer.js";
import { apart, byId } from "./dom.js";

const SHOWN = 2;

/** Shows which files others are sending, such as "ada is sending plan.pdf, 40 %". */
export function showSending(room) {
  const line = byId("sending");
  let known = new Set();

  function show() {
    const uploads = room.uploads();
    line.hidden = uploads.length === 0;
    line.replaceChildren(...(uploads.length > SHOWN ? [`${uploads.length} files are on their way`] : uploads.flatMap(wordsOf)));
    // Only the beginning, because the numbers change all the time.
    uploads.filter(({ uploadId }) => !known.has(uploadId)).forEach((one) => announce(`${room.nameOf(one.userId)} is sending ${one.fileName}`));
    known = new Set(uploads.map(({ uploadId }) => uploadId));
  }

  function wordsOf({ userId, fileName, loaded, total }, i) {
    const words = [apart(room.nameOf(userId)), " is sending ", apart(fileName), `, ${percentOf(loaded, total)} %`];
    return i === 0 ? words : [" · ", ...words];
  }

  const end = room.on("state", show);
  return () => {
    end();
    line.hidden = true;
    line.replaceChildren();
  };
}
