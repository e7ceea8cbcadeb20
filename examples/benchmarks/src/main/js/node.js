// The chat on Node's HTTP server. Arguments, all optional: the connection string of the database, the name of an adapter
// for several servers, and the URI of its Redis.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { cors, initChatSocket, serve } from "./chat.js";

const [adapter, redisUri] = process.argv.slice(3);
const options = adapter ? await (await import("./adapters.js")).adapterOptions(adapter, redisUri) : {};
const httpServer = createServer();
initChatSocket(new Server(httpServer, { cors, ...options }));
httpServer.listen(0, "127.0.0.1", () => serve(httpServer.address().port, () => globalThis.gc?.()));
