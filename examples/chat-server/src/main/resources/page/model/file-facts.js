const UNITS = ["bytes", "KB", "MB", "GB"];
const STEP = 1_000;
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
const OWN = "/api/files/";

/** Returns a size as text, such as "2.1 MB". */
export function sizeOf(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(STEP)));
  const value = bytes / STEP ** power;
  return `${value.toLocaleString("en", { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${UNITS[power]}`;
}

/** Returns the kind of a file as text, such as "PDF". */
export function kindOf({ fileName = "", mimeType = "" }) {
  const suffix = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1] ?? mimeType.split("/")[1]?.split(/[+;.-]/)[0];
  return (suffix ?? "file").toUpperCase();
}

/** Returns what is known of a file, such as "PDF, 2.1 MB". */
export const factsOf = (file) => (file.fileSize === undefined ? "" : `${kindOf(file)}, ${sizeOf(file.fileSize)}`);

/** Returns the share of an upload in percent; less than 100 until the server has the file. */
export const percentOf = (loaded, total) => (total > 0 ? Math.min(99, Math.floor((loaded / total) * 100)) : 0);

/** Returns the files of a message. The first one's fields are also its own. */
export const filesOf = ({ attachments, ...message }) => (attachments ?? [message]).filter((file) => typeof file?.fileUrl === "string");

/** Returns whether a file is shown as a picture. Pictures of other sites are not, as these would learn who reads. */
export const isPicture = ({ fileUrl = OWN, mimeType }) => fileUrl.startsWith(OWN) && PICTURES.includes(mimeType);

/** Returns whether a message is not what a user wrote, but a line about what happened. */
export const isLine = ({ type }) => type === "system" || type === "call";

/** Returns what is shown for a message in one line: its text, or what its files are. */
export function lineOf(message) {
  if (message.content) return String(message.content);
  const files = filesOf(message);
  // The list of conversations knows no files, but the type of the message.
  const isOfPictures = files.length > 0 ? files.every(isPicture) : message.type === "image";
  const noun = isOfPictures ? "picture" : "file";
  if (files.length > 1) return `${files.length} ${noun}s`;
  return (noun === "file" && files[0]?.fileName) || (noun === "file" ? "File" : "Picture");
}
