// usage: node stream-client.mjs <url>
//
// Sends bodies whose length is not known beforehand, and some that are too large, by both of Node's HTTP clients.
import assert from "node:assert/strict";
import http from "node:http";
import { Readable } from "node:stream";

const [url] = process.argv.slice(2);
const MESSAGES = `${url}/api/conversations/r/messages`;
const HEADERS = { "content-type": "application/json" };
const LARGE = 8_000_000;

const message = (content) => JSON.stringify({ senderId: "node", content });

async function* parts(text, size) {
  for (let i = 0; i < text.length; i += size) {
    yield Buffer.from(text.slice(i, i + size));
  }
}

const byFetch = async (text, size) => {
  const body = Readable.toWeb(Readable.from(parts(text, size)));
  const response = await fetch(MESSAGES, { method: "POST", headers: HEADERS, body, duplex: "half" });
  return { status: response.status, body: await response.json() };
};

const byHttp = (text, size) =>
  new Promise((resolve, reject) => {
    const request = http.request(MESSAGES, { method: "POST", headers: HEADERS }, async (response) => {
      const body = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode, body: JSON.parse(body) });
    });
    request.on("error", reject);
    Readable.from(parts(text, size)).pipe(request);
  });

for (const send of [byFetch, byHttp]) {
  for (const size of [1, 7, 1_000]) {
    const { status, body } = await send(message(`${send.name} ${size} ünïcödé`), size);
    assert.equal(status, 200);
    assert.equal(body.message.content, `${send.name} ${size} ünïcödé`);
  }
  const { status, body } = await send(message("x".repeat(LARGE)), 65_536).catch((error) => ({ status: error }));
  if (send === byHttp) {
    assert.equal(status, 413);
    assert.equal(body.code, "payload_too_large");
  }
  assert.equal((await fetch(`${url}/health/live`)).status, 200);
}
