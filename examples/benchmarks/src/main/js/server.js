// The chat of the Node original. Runs until its standard input is closed. An optional argument is the connection string of
// the database.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const databaseUri = process.argv[2];
const MAX_CONTENT = 5000;

let stored = 0;

// Replaces the database: adds the fields that the stored document would have.
async function numberMessage(data) {
  return {
    _id: String(++stored).padStart(24, "0"),
    conversationId: data.conversationId,
    senderId: data.senderId,
    content: data.content,
    type: data.type ?? "text",
    fileUrl: data.fileUrl,
    fileName: data.fileName,
    createdAt: new Date().toISOString(),
  };
}

const addMessage = databaseUri ? await (await import("./store.js")).connect(databaseUri) : numberMessage;

function refusal(data) {
  if (!data?.conversationId || !data.senderId || !data.content) {
    return "Missing required fields";
  }
  return data.content.length > MAX_CONTENT ? "Message too long" : undefined;
}

function initChatSocket(server) {
  const io = new Server(server, { cors: { origin: "http://localhost:3000", credentials: true } });

  io.on("connection", (socket) => {
    socket.on("joinRoom", (conversationId) => socket.join(conversationId));
    socket.on("leaveRoom", (conversationId) => socket.leave(conversationId));

    socket.on("sendMessage", async (data) => {
      try {
        const error = refusal(data);
        if (error) {
          socket.emit("messageError", { error });
          return;
        }
        const message = await addMessage(data);
        io.to(data.conversationId).emit("receiveMessage", { conversationId: data.conversationId, message });
      } catch (error) {
        console.error(error.message);
        socket.emit("messageError", { error: error.message });
      }
    });

    socket.on("typing", ({ conversationId, userId }) => {
      socket.to(conversationId).emit("userTyping", { conversationId, userId });
    });
    socket.on("stopTyping", ({ conversationId, userId }) => {
      socket.to(conversationId).emit("userStoppedTyping", { conversationId, userId });
    });
  });
  return io;
}

const httpServer = createServer();
initChatSocket(httpServer);
httpServer.listen(0, "127.0.0.1", () => console.log(`ready ${httpServer.address().port}`));

createInterface({ input: process.stdin })
  .on("line", (line) => {
    if (line === "gc") {
      globalThis.gc?.();
      console.log("collected");
    }
  })
  .on("close", () => process.exit(0));
