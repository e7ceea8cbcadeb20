// What the types of the contract take, and what they refuse; each expected error is an error of the compiler if absent.
import type { Socket } from "socket.io-client";
import type {
  Answer,
  ClientToServerEvents,
  ConnectErrorData,
  ErrorCode,
  ErrorCodes,
  GetMessagesResult,
  ListedConversation,
  ServerToClientEvents,
  WithoutAck,
} from "./chat-events";

declare const socket: Socket<ServerToClientEvents, ClientToServerEvents>;
declare const shouting: Socket<ServerToClientEvents, WithoutAck<ClientToServerEvents>>;

const conversationId = "conversation-1";

export async function asking(): Promise<void> {
  await socket.emitWithAck("joinRoom", conversationId);
  const joined = await socket.emitWithAck("joinRoom", { conversationId, after: { seq: 1, version: 0 } });
  if (joined.success) {
    joined.latestSeq.toFixed();
    // @ts-expect-error there are messages only after a position
    joined.messages.length;
    // @ts-expect-error a success has no error
    joined.error;
  } else {
    joined.error.trim();
    joined.retryAfterMs?.toFixed();
    // @ts-expect-error a failure has no result
    joined.unread;
  }
  // @ts-expect-error it may be a failure
  joined.epoch;

  // @ts-expect-error a message has content
  await socket.emitWithAck("sendMessage", { conversationId });
  // @ts-expect-error a type of the server's own
  await socket.emitWithAck("sendMessage", { conversationId, content: "", type: "system" });
  // @ts-expect-error no such field
  await socket.emitWithAck("sendMessage", { conversationId, content: "", txt: "" });
  // @ts-expect-error no such event
  await socket.emitWithAck("sendMesage", { conversationId, content: "" });
  // @ts-expect-error the payload is missing
  await socket.emitWithAck("typing");
  await socket.emitWithAck("markDelivered", { items: [{ conversationId, upToSeq: 1 }] });
  await socket.emitWithAck("createConversation", { kind: "direct", memberIds: ["bob"] });
  // @ts-expect-error a direct conversation has no title
  await socket.emitWithAck("createConversation", { kind: "direct", memberIds: ["bob"], title: "Bob" });
  const found = await socket.emitWithAck("getConversation", { conversationId });
  if (found.success) {
    found.role satisfies "owner" | "admin" | "member" | undefined;
    found.conversation.members?.map(({ userId }) => userId);
    // @ts-expect-error only a listed conversation has the read state
    found.conversation.unread;
  }
  // @ts-expect-error an object names the conversation
  await socket.emitWithAck("getConversation", conversationId);
  // @ts-expect-error neither title nor metadata
  await socket.emitWithAck("updateConversation", { conversationId });
}

export function askingWithCallbacks(): void {
  socket.emit("getConversations", { limit: 10 }, (answer) => {
    const all: ListedConversation[] = answer.success ? answer.conversations : [];
    // @ts-expect-error a preview has no mentions
    all[0]?.lastMessage?.mentions;
  });
  socket.timeout(1_000).emit("getMessages", { conversationId }, (late: Error, answer: Answer<GetMessagesResult>) => {
    late.message.trim();
    answer.success.valueOf();
  });
}

export function askingNoAnswer(): void {
  shouting.emit("typing", { conversationId });
  // @ts-expect-error the socket wants answers
  socket.emit("typing", { conversationId });
  // @ts-expect-error this one wants none
  shouting.emit("typing", { conversationId }, () => {});
}

export function hearing(): void {
  socket.on("session", ({ limits, protocol }) => limits.contentLength + protocol);
  socket.on("presenceChanged", ({ status }) => {
    status satisfies "online" | "away" | "offline";
    // @ts-expect-error no such status
    status === "busy";
  });
  socket.on("messageReactions", ({ reactions, change }) => reactions[change.key]?.userIds.includes(change.userId));
  socket.on("messagesBatch", (batch) => batch.map(({ message }) => message._id));
  // @ts-expect-error no such event
  socket.on("messageSent", () => {});
  // @ts-expect-error no such field
  socket.on("userTyping", ({ user }) => user);
  socket.on("connect_error", (error) => {
    const { data } = error as Error & { data?: ConnectErrorData };
    data?.code satisfies ErrorCode | undefined;
  });
}

type Retryable = { [Code in ErrorCode]: ErrorCodes[Code]["retryable"] extends true ? Code : never }[ErrorCode];

export const retryable: Retryable = "rate_limited";
// @ts-expect-error trying again is of no use
export const final: Retryable = "forbidden";
