// The chat on Node's HTTP server.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { cors, initChatSocket, serve } from "./chat.js";

const httpServer = createServer();
initChatSocket(new Server(httpServer, { cors }));
httpServer.listen(0, "127.0.0.1", () => serve(httpServer.address().port, () => globalThis.gc?.()));
