import { after } from "node:test";
import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";

const environment = { SOCKET_PORT: "0", CHAT_STORE: "memory", CHAT_DEMO: "true", CHAT_RATE_LIMITS: "off" };

/** One server and one browser for all tests of known users. Each test uses separate users. */
export const [server, browser] = await allStarted(startServer(process.argv.slice(2), environment), launchBrowser());

after(async () => {
  await browser.close();
  await server.kill();
});
