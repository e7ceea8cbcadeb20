import { io, type Socket } from "socket.io-client";
import type { ClientToServerEvents, Handshake, Message, ServerToClientEvents } from "./chat-events";

type ChatSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

export function connect(url: string, token: string, show: (message: Message) => void): ChatSocket {
  const auth: Handshake = { token };
  const socket: ChatSocket = io(url, { auth, ackTimeout: 12_000 });
  socket.on("receiveMessage", ({ message }) => show(message));
  return socket;
}

export async function send(socket: ChatSocket, conversationId: string, content: string): Promise<Message> {
  const answer = await socket.emitWithAck("sendMessage", {
    conversationId,
    content,
    clientMessageId: crypto.randomUUID(),
  });
  if (!answer.success) {
    throw new Error(`${answer.code}, ${answer.retryable ? "try again" : "final"}`);
  }
  return answer.message;
}
