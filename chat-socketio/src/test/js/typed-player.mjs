// Plays the typed client of PROTOCOL.md: node typed-player.mjs <url>
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import typescript from "typescript";

const [url] = process.argv.slice(2);
const PATIENCE = 20_000;

const folder = await mkdtemp(join(tmpdir(), "typed-client-"));
try {
  await play(await compiled("typed-client.ts"));
} finally {
  await rm(folder, { recursive: true });
}
console.log(JSON.stringify("finished"));
process.exit(0);

/** The sample as a module that Node runs, with the client that the tests have under another name. */
async function compiled(file) {
  const source = await readFile(file, "utf8");
  const options = { module: "esnext", target: "es2022" };
  const { outputText } = typescript.transpileModule(source, { compilerOptions: options });
  const program = join(folder, "client.mjs");
  await writeFile(program, outputText.replace('"socket.io-client"', JSON.stringify(import.meta.resolve("client-4"))));
  return import(pathToFileURL(program));
}

async function play({ connect, send }) {
  const heard = { ann: [], bob: [] };
  const ann = await inside(connect, "ann", heard.ann);
  const bob = await inside(connect, "bob", heard.bob);
  const first = await send(ann, "typed", "Hello");
  assert.equal(first.seq, 1);
  await until(() => heard.bob.includes("Hello") && heard.ann.includes("Hello"));

  const back = new Promise((again) => bob.io.once("reconnect", again));
  bob.io.engine.close();
  await back;
  let sent = 0;
  await until(async () => {
    await send(ann, "typed", `Again ${++sent}`);
    return heard.bob.some((content) => content.startsWith("Again"));
  });
  ann.close();
  bob.close();
}

function inside(connect, user, heard) {
  return new Promise((ready) => {
    const socket = connect(url, `token-of-${user}`, "typed", ({ content }) => heard.push(content), () => ready(socket));
  });
}

async function until(holds) {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    assert.ok(Date.now() < end, "in time");
    await new Promise((next) => setTimeout(next, 20));
  }
}
