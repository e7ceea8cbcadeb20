// How front ends use the types. Compiled by the tests, never run.
import { createElement, type ReactElement } from "react";
import { connect, inMemory, type Chat, type Row } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast";
import { files } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-files";
import {
  ChatProvider,
  useChat,
  useConnection,
  useDetails,
  useFileUrl,
  useInbox,
  useRoom,
  useTyping,
  useUsers,
} from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-react";

import { createCalls, type CallsSnapshot } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-calls";
import { CallVideo, useCalls } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-calls-react";
import { createPush } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-push";
import { usePush } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-push-react";

declare function io(url: string, options: object): unknown;

const open = (): Chat => connect({ io, user: "ann", storage: inMemory(), files });

export async function plain(): Promise<void> {
  const chat = open();
  const room = chat.room("lobby");
  const sent = room.send({ content: "text", mentions: ["bob"] });
  if (sent.success) room.discard(sent.clientMessageId);
  else console.log(sent.code, sent.field);
  const answer = await chat.request("getConversation", { conversationId: "lobby" });
  if (answer.success) console.log(answer.conversation.title, answer.role);
  const found = await room.goTo("id");
  if (!found.success) console.log(found.code);
  room.loadDetails();
  const answered = await room.setPreferences({ archived: true, mutedUntil: null });
  if (answered.success) console.log(answered.preferences.archived, room.getSnapshot().details.may?.includes("mention_all"));
  room.saveDraft("text", "id");
  chat.inbox.setFilter("unread");
  await room.sendEvent("cursor", { x: 1 });
  chat.on("customEvent", ({ name }) => console.log(name));
  chat.on("orderReady", ({ order }) => console.log(order));
  const seen = await chat.request<{ order: number }>("orderSeen", { order: 7 });
  if (seen.success) console.log(seen.order);
  const pinned = await room.pin("id");
  if (pinned.success) console.log(room.getSnapshot().pins.map(({ pinned }) => pinned?.by));
  room.send({ content: "", type: "file", attachments: [{ fileUrl: "/f" }, { fileUrl: "/g" }], expiresInMs: 5_000 });
  const chosen = document.querySelector("input")?.files ?? [];
  const uploaded = room.sendFiles(room.resumeFiles(chosen), { content: "The plans", replyTo: "id" });
  if (uploaded.success) room.pause(uploaded.clientMessageId);
  else console.log(uploaded.code, uploaded.field);
  for (const { userId, fileName, loaded, total } of room.getSnapshot().uploads) console.log(userId, fileName, loaded / total);
  console.log(await chat.files?.currentUrlOf("/api/files/f"));
  // @ts-expect-error: the files are given by themselves
  room.sendFiles(chosen, { attachments: [] });
  const edited = await room.edit("id", "text");
  if (!edited.success) console.log(edited.retryAfterMs);
  // @ts-expect-error: the payload of another event
  void chat.request("getConversation", { title: "lobby" });
  // @ts-expect-error: a message has a content
  room.send({ type: "file" });
  // @ts-expect-error: snapshots are immutable
  room.getSnapshot().messages = [];
}

export async function calls(): Promise<void> {
  const own = createCalls(open(), { video: { width: 640 } });
  const started = await own.start("lobby", { media: "video", video: false });
  if (started.success) console.log(started.callId, started.joined, started.rung.length);
  else if (started.code === "permission_denied") console.log(started.error, started.retryAfterMs);
  const { call, incoming, devices, ended }: CallsSnapshot = own.getSnapshot();
  for (const { callId, from } of incoming) console.log(from, await own.accept(callId, { audio: false }));
  const video = document.querySelector("video");
  if (video && call?.participants[0]?.stream) video.srcObject = call.participants[0].stream;
  await own.chooseCamera(devices.cameras[0].deviceId);
  console.log(call?.self.problems.video?.code, ended?.reason === "busy", call?.sfu?.token);
  await own.end({ forAll: true });
  // @ts-expect-error: media is audio or video
  await own.start("lobby", { media: "screen" });
}

function Call(): ReactElement {
  const { call, end } = useCalls((chat) => createCalls(chat));
  return createElement("div", { onClick: () => end() }, createElement(CallVideo, { stream: call?.self.stream, muted: true, speaker: "default" }));
}

/** A row without a status is a stored message. */
export const positionOf = (row: Row): number => (row.status === undefined ? row.seq : row.position);

function Lobby(): ReactElement {
  const { messages, send, markRead, failure } = useRoom("lobby");
  const { users, typed } = useTyping(null);
  const { status, reconnect } = useConnection();
  const { conversations, loadMore } = useInbox();
  const { conversation, role, members = [] } = useDetails("lobby");
  const address = useFileUrl(messages[0].attachments?.[0].fileUrl ?? "");
  const names = useUsers(members.map(({ userId }) => userId));
  const push = usePush((chat) => createPush(chat, { page: "/chats/{conversationId}", onOpen: (id) => console.log(id) }));
  const chat: Chat | null = useChat();
  // @ts-expect-error: a room of React has no subscriptions
  useRoom("lobby").subscribe;
  const texts = [...messages.map(({ content }) => content), ...users, ...members.map(({ userId }) => names[userId]?.name), conversation?.title, role, status, push.status, failure?.error, address, chat?.getSnapshot().userId];
  const actions = [() => send("text"), () => markRead(3), typed, reconnect, loadMore, () => push.enable({ from: "22:00", to: "07:00", timeZone: "Europe/Berlin" })];
  return createElement("p", { onClick: actions[0] }, texts.join(), conversations.length);
}

export const app = createElement(ChatProvider, { connect: open }, createElement(Lobby), createElement(Call));
export const withOwn = createElement(ChatProvider, { chat: open(), children: "text" });
// @ts-expect-error: connect returns a chat
export const wrong = createElement(ChatProvider, { connect: () => "chat" });
