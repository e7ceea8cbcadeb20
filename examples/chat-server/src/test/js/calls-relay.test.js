// Usage: node calls-relay.test.js <command that starts the server>
//
// A call between pages that have only the client, whose sound and pictures coturn relays.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";
import { openSite, pageWith } from "./site.js";
import { SECRET, tokenOf } from "./tokens.js";
import { startTurnServer } from "./turn-server.js";

const TURN_SECRET = "secret-of-the-test";
const TIMEOUT = 30_000;
/** From the acceptance to sound and pictures both ways, on a busy machine. On a quiet one it is below 3 s. */
const SOON = 20_000;
const BROWSER = [
  ...["--no-sandbox", "--disable-gpu", "--no-first-run", "--allow-loopback-in-peer-connection"],
  ...["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"],
];

const isMissing = spawnSync("turnserver", ["--version"]).status !== 0;
const skip = isMissing && process.env.CI !== "true" ? "no turnserver on the PATH: install the Debian package coturn" : false;
let turn, server, browser, site;

before(async () => {
  if (skip) return;
  [turn, site] = await Promise.all([startTurnServer(TURN_SECRET), openSite()]);
  [server, browser] = await Promise.all([
    startServer(process.argv.slice(2), {
      SOCKET_PORT: "0",
      CHAT_HOST: "127.0.0.1",
      CHAT_STORE: "memory",
      CHAT_TOKEN_SECRET: SECRET,
      CHAT_CALLS: "true",
      CHAT_TURN_URLS: turn.url,
      CHAT_TURN_SECRET: TURN_SECRET,
      CHAT_TURN_ONLY: "true",
      CLIENT_URL: site.url,
    }),
    launchBrowser({ args: BROWSER }),
  ]);
  site.files["/call.html"] = pageWith(`
    import { io } from "socket.io-client";
    import { connect } from "${server.url}api/client/roomcast.js";
    import { createCalls } from "${server.url}api/client/roomcast-calls.js";
    const { user, token } = window.setup;
    const connections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...configuration) {
        super(...configuration);
        connections.push(this);
      }
    };
    window.chat = connect({ url: "${server.url}", io, user, token: () => token });
    window.calls = createCalls(window.chat, { video: { width: 160, height: 120, frameRate: 10 } });
    /** What arrives, and the kinds of the addresses between which it does; null unless both kinds of media arrive. */
    window.path = async () => {
      const connection = connections.find(({ connectionState }) => connectionState === "connected");
      const report = new Map(await connection?.getStats());
      const bytes = { audio: 0, video: 0 };
      let pair;
      report.forEach((entry) => {
        if (entry.type === "inbound-rtp") bytes[entry.kind] += entry.bytesReceived;
        if (entry.type === "candidate-pair" && entry.nominated && entry.state === "succeeded") pair = entry;
      });
      if (!pair || !bytes.audio || !bytes.video) return null;
      return [pair.localCandidateId, pair.remoteCandidateId].map((id) => report.get(id).candidateType);
    };
  `);
});

after(async () => {
  await browser?.close();
  await server?.kill();
  site?.close();
  await turn?.close();
});

async function open(user) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(TIMEOUT);
  page.on("pageerror", (error) => assert.fail(error));
  await page.addInitScript((given) => (window.setup = given), { user, token: tokenOf(user) });
  await page.goto(`${site.url}/call.html`);
  await page.waitForFunction(() => window.chat?.getSnapshot().status === "online");
  return page;
}

/** Waits until both kinds of media arrive. Returns the kinds of the addresses. */
function pathOf(page) {
  return page.evaluate(async () => {
    for (;;) {
      const path = await window.path();
      if (path) return path;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
}

test("sound and pictures of a call are relayed both ways soon after the acceptance", { skip, timeout: 60_000 }, async () => {
  const pages = await Promise.all(["ann", "bob"].map(open));
  const [ann, bob] = pages;
  const answer = await ann.evaluate(async () => {
    const { conversation } = await window.chat.request("createConversation", { kind: "direct", memberIds: ["bob"] });
    return window.calls.start(conversation.conversationId, { media: "video" });
  });
  assert.equal(answer.success, true, JSON.stringify(answer));
  await bob.waitForFunction(() => window.calls.getSnapshot().incoming.length > 0);
  const from = Date.now();
  await bob.evaluate(() => window.calls.accept(window.calls.getSnapshot().incoming[0].callId));
  const paths = await Promise.all(pages.map(pathOf));
  const time = Date.now() - from;
  console.log(`from the acceptance to relayed sound and pictures both ways: ${time} ms`);
  assert.deepEqual(paths, [["relay", "relay"], ["relay", "relay"]]);
  assert.ok(time < SOON, `${time} ms`);
});
