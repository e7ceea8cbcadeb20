// The chat on Bun's HTTP server, with Socket.IO's engine for it.
import { Server as Engine } from "@socket.io/bun-engine";
import { Server } from "socket.io";
import { cors, initChatSocket, serve } from "./chat.js";

const io = new Server();
const engine = new Engine({ path: "/socket.io/", cors });
io.bind(engine);
initChatSocket(io);
const server = Bun.serve({ hostname: "127.0.0.1", port: 0, ...engine.handler() });
serve(server.port, () => Bun.gc(true));
