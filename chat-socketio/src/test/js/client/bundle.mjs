// usage: node client/bundle.mjs [write]
//
// Makes the file that the server serves from the modules of the client. Without an argument, compares it with the file.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const FOLDER = fileURLToPath(new URL("../../../main/resources/io/roomcast/chat/socketio/client/", import.meta.url));
const FILE = `${FOLDER}roomcast.min.js`;
const LINE = 1_000;

const { outputFiles } = await build({
  stdin: { contents: 'export { connect, inMemory } from "./roomcast.js";', resolveDir: FOLDER },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  lineLimit: LINE,
  write: false,
});
const made = `// Made from the modules of the client; do not edit.\n${outputFiles[0].text}`;
if (process.argv[2] === "write") writeFileSync(FILE, made);
assert.ok(readFileSync(FILE, "utf8") === made, "run node client/bundle.mjs write");
console.log(JSON.stringify({ client: "course", event: "finished" }));
