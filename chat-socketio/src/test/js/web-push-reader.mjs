import assert from "node:assert/strict";
import { createECDH } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import * as jose from "jose";

// usage: node web-push-reader.mjs <file>
//
// Reads messages as a browser does, and verifies the sender as a push service does. The file has a line of JSON for each
// message: {publicKey, privateKey, auth, body, authorization?, origin?, subject?, applicationServerKey?}. Prints what the
// messages say, as JSON texts.

const ece = createRequire(import.meta.url)("http_ece");

const bytes = (text) => Buffer.from(text, "base64url");

function decrypt({ publicKey, privateKey, auth, body }) {
  const keys = createECDH("prime256v1");
  keys.setPrivateKey(bytes(privateKey));
  assert.equal(keys.getPublicKey("base64url"), publicKey);
  return ece.decrypt(bytes(body), { version: "aes128gcm", privateKey: keys, authSecret: auth }).toString();
}

async function verify({ authorization, origin, subject, applicationServerKey }) {
  const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization);
  assert.equal(key, applicationServerKey);
  const point = bytes(key);
  assert.equal(point.length, 65);
  assert.equal(point[0], 4);
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const verifier = await jose.importJWK({ kty: "EC", crv: "P-256", x, y }, "ES256");
  const { payload } = await jose.jwtVerify(token, verifier, { audience: origin, subject, algorithms: ["ES256"] });
  const hours = (payload.exp - Date.now() / 1000) / 3600;
  assert.ok(hours > 0 && hours <= 24, `the token is valid for ${hours} hours`);
}

for (const line of readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
  const message = JSON.parse(line);
  if (message.authorization) {
    await verify(message);
  }
  console.log(JSON.stringify(decrypt(message)));
}
