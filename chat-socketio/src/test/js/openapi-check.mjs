// usage: node openapi-check.mjs <openapi.yaml>
//
// The document is valid by an official validator, which also resolves every reference, and so are the schemas of webhooks.
import assert from "node:assert/strict";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import SwaggerParser from "@apidevtools/swagger-parser";

const document = await SwaggerParser.validate(process.argv[2]);
assert.equal(document.openapi, "3.1.0");
const operations = [...Object.values(document.paths), ...Object.values(document.webhooks)].flatMap((path) => Object.values(path));
const ids = operations.map(({ operationId }) => operationId);
assert.equal(new Set(ids).size, ids.length, "each operation has an id of its own");

const ajv = addFormats(new Ajv({ strict: false }));
for (const [type, { post }] of Object.entries(document.webhooks)) {
  const { schema } = post.requestBody.content["application/json"];
  const accepts = ajv.compile(schema);
  const data = { conversationId: "c", messageId: "m", seq: 1, version: 0, truncated: true };
  assert.ok(accepts({ type, timestamp: new Date(0).toISOString(), data }), ajv.errorsText(accepts.errors));
  assert.ok(!accepts({ type: "other", timestamp: new Date(0).toISOString(), data }));
}
