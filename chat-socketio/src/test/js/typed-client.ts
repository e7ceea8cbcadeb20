import { io, type Socket } from "socket.io-client";
import type { ClientToServerEvents, Handshake, Message, ServerToClientEvents } from "./chat-events";

type ChatSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** Shows new messages of a conversation. Calls `ready` each time that the connection has joined its room. */
export function connect(
  url: string,
  token: string,
  conversationId: string,
  show: (message: Message) => void,
  ready: () => void = () => {},
): ChatSocket {
  const auth: Handshake = { token };
  const socket: ChatSocket = io(url, { auth, ackTimeout: 12_000 });
  socket.on("receiveMessage", ({ message }) => show(message));
  // A new connection is in no room, neither the first one nor one after a loss.
  socket.on("connect", () => void join(socket, conversationId).then(ready, console.error));
  return socket;
}

async function join(socket: ChatSocket, conversationId: string): Promise<void> {
  const answer = await socket.emitWithAck("joinRoom", { conversationId });
  if (!answer.success) {
    throw new Error(`${answer.code}, ${answer.retryable ? "try again" : "final"}`);
  }
}

/** Sends a message. Repeats it with the same id until the server has answered, so that it is stored once. */
export async function send(socket: ChatSocket, conversationId: string, content: string): Promise<Message> {
  const message = { conversationId, content, clientMessageId: crypto.randomUUID() };
  for (;;) {
    const answer = await socket.emitWithAck("sendMessage", message).catch(() => undefined);
    if (answer?.success) return answer.message;
    if (answer && !answer.retryable) throw new Error(answer.code);
    await new Promise((resolve) => setTimeout(resolve, answer?.retryAfterMs ?? 1_000));
  }
}
