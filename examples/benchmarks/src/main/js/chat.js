// The chat of the Node original, for any server of Socket.IO. Runs until its standard input is closed. An optional argument
// is the connection string of the database.
import { createInterface } from "node:readline";

const databaseUri = process.argv[2];
const MAX_CONTENT = 5000;

export const cors = { origin: "http://localhost:3000", credentials: true };

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

export function initChatSocket(io) {
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
}

// Prints the port. The line "gc" on the standard input makes the process collect its garbage.
export function serve(port, collectGarbage) {
  console.log(`ready ${port}`);
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      if (line === "gc") {
        collectGarbage();
        console.log("collected");
      }
    })
    .on("close", () => process.exit(0));
}
