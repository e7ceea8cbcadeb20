// usage: node upgrade-client.mjs <url> <client-4>
//
// Connections that are cut while they change their transport are replaced long before the next ping.
import assert from "node:assert/strict";
import { course, promised } from "./harness.mjs";

const CUTS = 5;

await course(async ({ url, io }) => {
  const source = await (await fetch(`${url}/api/client/roomcast.js`)).text();
  const { connect } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  for (let cut = 0; cut < CUTS; cut++) await replaces(connect, url, io, cut);
});
// The request of a connection that was cut may still wait for its answer.
process.exit(process.exitCode ?? 0);

async function replaces(connect, url, io, delay) {
  const engines = [];
  const address = (base, options) => {
    const socket = io(base, { ...options, transports: ["polling", "websocket"] });
    socket.io.on("open", () => {
      engines.push(socket.io.engine);
      if (engines.length > 1) return;
      socket.io.engine.once("upgrading", ({ ws }) => (delay === 0 ? ws.terminate() : setTimeout(() => ws.terminate(), delay - 1)));
    });
    return socket;
  };
  const chat = connect({ url, io: address, token: async () => "token-of-ann" });
  await promised("another connection", (resolve) => {
    const isReplaced = () => engines.length === 2 && chat.getSnapshot().status === "online" && resolve();
    chat.subscribe(isReplaced);
    isReplaced();
  });
  assert.equal((await chat.request("getConversations", {})).success, true);
  await promised("the end of the connection that was cut", (resolve) => {
    const isClosed = () => engines[0].readyState === "closed" && resolve();
    engines[0].on("close", isClosed);
    isClosed();
  });
  chat.close();
}
