// usage: node asyncapi-check.mjs <asyncapi.yaml>
//
// The document is valid by the official parser, which has nothing to remark either.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(await readFile(process.argv[2], "utf8"));
assert.deepEqual(diagnostics.map(({ message, path }) => `${path.join(".")}: ${message}`), []);
assert.equal(document.version(), "3.1.0");
