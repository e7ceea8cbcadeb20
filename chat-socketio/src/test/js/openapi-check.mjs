// usage: node openapi-check.mjs <openapi.yaml>
//
// The document is valid by an official validator, which also resolves every reference.
import assert from "node:assert/strict";
import SwaggerParser from "@apidevtools/swagger-parser";

const document = await SwaggerParser.validate(process.argv[2]);
assert.equal(document.openapi, "3.1.0");
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
const ids = operations.map(({ operationId }) => operationId);
assert.equal(new Set(ids).size, ids.length, "each operation has an id of its own");
