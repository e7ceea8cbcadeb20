// usage: node client/bundle.mjs [write]
//
// Makes the files that the server serves from the modules of the client. Without an argument, compares them with the files.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const FOLDER = fileURLToPath(new URL("../../../main/resources/io/roomcast/chat/socketio/client/", import.meta.url));
const LINE = 1_000;
/** What each file exports. */
const FILES = {
  roomcast: "connect, inMemory",
  "roomcast-files": "files",
  "roomcast-push": "createPush",
  "roomcast-calls": "createCalls",
};

for (const [name, exported] of Object.entries(FILES)) {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${exported} } from "./${name}.js";`, resolveDir: FOLDER },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    lineLimit: LINE,
    write: false,
  });
  const file = `${FOLDER}${name}.min.js`;
  const made = `// Made from the modules of the client; do not edit.\n${outputFiles[0].text}`;
  if (process.argv[2] === "write") writeFileSync(file, made);
  assert.ok(readFileSync(file, "utf8") === made, "run node client/bundle.mjs write");
}
console.log(JSON.stringify({ client: "course", event: "finished" }));
