import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const { buildSync } = createRequire(
  new URL("../../../../../chat-socketio/src/test/js/node_modules/", import.meta.url),
)("esbuild");

/** The two clients, and what the tests do with them in the page. */
const PAGE = `
  import Uppy from "@uppy/core";
  import Tus from "@uppy/tus";
  import * as tus from "tus-js-client";

  const sum = async (blob) => {
    const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  /** The same bytes each time. */
  const fileOf = (name, size) => {
    const bytes = new Uint8Array(size);
    for (let i = 0, next = size; i < size; i++) bytes[i] = (next = (next * 1103515245 + 12345) & 0x7fffffff) >> 16;
    return new File([bytes], name, { type: "application/octet-stream", lastModified: 1 });
  };
  window.lab = { Uppy, Tus, tus, sum, fileOf };
`;

/** Returns the files of a site whose page has the two clients in the variable lab. */
export const filesOfLab = () => ({
  "/": `<!doctype html><title>Elsewhere</title><script type="module" src="/lab.js"></script>`,
  "/lab.js": buildSync({
    stdin: { contents: PAGE, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
  }).outputFiles[0].text,
});
