import { createFiles } from "./files.js";
import { uploadSurroundings } from "./upload-surroundings.js";

/** @type {typeof import("./roomcast-files.d.ts").files} */
export const files = (parts) => createFiles(parts, uploadSurroundings());
