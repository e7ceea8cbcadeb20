import { createServer } from "node:http";
import { once } from "node:events";
import { createRequire } from "node:module";

// usage: node webhook-receiver.mjs <calls> <secret>
//
// Verifies webhook calls as receivers do. Prints its port, then a line for each call, and ends after the last one.

const { Webhook } = createRequire(import.meta.url)("standardwebhooks");
const [calls, secret] = [Number(process.argv[2]), process.argv[3]];
const webhook = new Webhook(secret);
let received = 0;

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts).toString();
  let line;
  try {
    const { type, data } = webhook.verify(body, request.headers);
    line = { id: request.headers["webhook-id"], type, seq: data.message?.seq ?? data.seq };
  } catch (failure) {
    line = { error: String(failure) };
  }
  console.log(JSON.stringify(line));
  response.writeHead(204).end();
  received += 1;
  if (received === calls) {
    server.close();
    server.closeIdleConnections();
    response.once("close", () => server.closeAllConnections());
  }
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
console.log(JSON.stringify({ port: server.address().port }));
