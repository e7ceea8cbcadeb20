import { createContext, createElement, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";

/**
 * @typedef {import("./roomcast.d.ts").Chat} Chat
 * @typedef {import("./roomcast.d.ts").Room} Room
 * @typedef {import("./roomcast.d.ts").RoomSnapshot} RoomSnapshot
 * @typedef {import("./roomcast.d.ts").InboxSnapshot} InboxSnapshot
 * @typedef {import("./roomcast.d.ts").ChatSnapshot} ChatSnapshot
 * @typedef {import("./roomcast.d.ts").Failure} Failure
 * @typedef {Pick<Chat, "subscribe" | "getSnapshot" | "inbox" | "users" | "files" | "room" | "reconnect">} Source what the hooks use of a chat
 */

/** @type {Failure} */
const NOT_CONNECTED = { success: false, code: "unavailable", error: "Not connected", retryable: true };

/** @type {ChatSnapshot} */
const CONNECTING = Object.freeze({ status: "connecting", unsent: 0 });

/** @type {InboxSnapshot} */
const NO_CONVERSATIONS = Object.freeze({ conversations: [], unread: 0, mentions: 0, hasMore: false, status: "loading" });

const NO_DETAILS = Object.freeze({});
const NO_USERS = Object.freeze({});

const subscribeToNothing = () => () => {};
const answer = async () => NOT_CONNECTED;

/**
 * Stands for the chat on a server and until the provider has mounted, because only a mounted component may connect.
 *
 * @type {Source}
 */
const NO_CHAT = {
  subscribe: subscribeToNothing,
  getSnapshot: () => CONNECTING,
  inbox: { subscribe: subscribeToNothing, getSnapshot: () => NO_CONVERSATIONS, find: () => undefined, setFilter() {}, loadMore: answer },
  users: { subscribe: subscribeToNothing, getSnapshot: () => NO_USERS, watch: answer },
  room: emptyRoom,
  reconnect() {},
};

/** @param {string} conversationId @returns {Room} */
function emptyRoom(conversationId) {
  /** @type {RoomSnapshot} */
  const snapshot = Object.freeze({
    conversationId,
    status: "loading",
    messages: [],
    apart: [],
    pins: [],
    details: NO_DETAILS,
    hasOlder: false,
    hasNewer: false,
    latestSeq: 0,
    readSeq: 0,
    unread: 0,
    online: 0,
    large: false,
    typing: [],
    typingCount: 0,
    viewers: [],
    uploads: [],
    receipts: { delivered: {}, read: {} },
  });
  const ignore = () => {};
  return {
    conversationId,
    subscribe: subscribeToNothing,
    getSnapshot: () => snapshot,
    send: () => NOT_CONNECTED,
    sendFiles: () => NOT_CONNECTED,
    resumeFiles: (files) => [...files],
    pause: ignore,
    resume: ignore,
    retry: ignore,
    discard: ignore,
    edit: answer,
    remove: answer,
    react: answer,
    pin: answer,
    setPreferences: answer,
    saveDraft: ignore,
    sendEvent: answer,
    goTo: answer,
    loadMessage: answer,
    loadDetails: ignore,
    loadOlder: answer,
    loadNewer: answer,
    loadLatest: ignore,
    markRead: ignore,
    typing: ignore,
    stopTyping: ignore,
    follow: ignore,
    viewing: ignore,
    stopViewing: ignore,
  };
}

const Context = createContext(/** @type {Source | null} */ (null));

/** @type {typeof import("./roomcast-react.d.ts").ChatProvider} */
export function ChatProvider({ chat, connect, children }) {
  const [own, setOwn] = useState(/** @type {Chat | null} */ (null));
  useEffect(() => {
    if (chat || !connect) return;
    const opened = connect();
    setOwn(opened);
    return () => {
      setOwn(null);
      opened.close();
    };
    // Another function is not another chat: most apps pass a new one with each render.
  }, [chat]);
  return createElement(Context.Provider, { value: chat ?? own ?? NO_CHAT }, children);
}

function useSource() {
  const source = useContext(Context);
  if (source === null) throw new Error("Hooks of Roomcast require a ChatProvider around the component");
  return source;
}

/** @param {string | null | undefined} conversationId */
function useSourceRoom(conversationId) {
  const source = useSource();
  return useMemo(() => {
    const empty = emptyRoom(conversationId ?? "");
    return { room: conversationId ? source.room(conversationId) : empty, empty };
  }, [source, conversationId]);
}

/** @type {typeof import("./roomcast-react.d.ts").useChat} */
export function useChat() {
  const source = useSource();
  return source === NO_CHAT ? null : /** @type {Chat} */ (source);
}

/** @type {typeof import("./roomcast-react.d.ts").useConnection} */
export function useConnection() {
  const { subscribe, getSnapshot, reconnect } = useSource();
  const snapshot = useSyncExternalStore(subscribe, getSnapshot, NO_CHAT.getSnapshot);
  return useMemo(() => ({ ...snapshot, reconnect }), [snapshot, reconnect]);
}

/** @type {typeof import("./roomcast-react.d.ts").useRoom} */
export function useRoom(conversationId) {
  const { room, empty } = useSourceRoom(conversationId);
  const snapshot = useSyncExternalStore(room.subscribe, room.getSnapshot, empty.getSnapshot);
  return useMemo(() => {
    const { subscribe, getSnapshot, typing, stopTyping, ...actions } = room;
    return { ...actions, ...snapshot };
  }, [room, snapshot]);
}

/** @type {typeof import("./roomcast-react.d.ts").useTyping} */
export function useTyping(conversationId) {
  const { room, empty } = useSourceRoom(conversationId);
  const getTyping = useMemo(() => typingOf(room), [room]);
  const users = useSyncExternalStore(room.subscribe, getTyping, () => empty.getSnapshot().typing);
  return useMemo(() => ({ users, typed: room.typing, stop: room.stopTyping }), [users, room]);
}

/** Returns the same list until other users type, so that a message does not render the component. @param {Room} room */
function typingOf(room) {
  let last = room.getSnapshot().typing;
  return () => {
    const next = room.getSnapshot().typing;
    if (next.length !== last.length || next.some((userId, i) => userId !== last[i])) last = next;
    return last;
  };
}

/** @type {typeof import("./roomcast-react.d.ts").useDetails} */
export function useDetails(conversationId) {
  const { room, empty } = useSourceRoom(conversationId);
  useEffect(() => room.loadDetails(), [room]);
  return useSyncExternalStore(
    room.subscribe,
    () => room.getSnapshot().details,
    () => empty.getSnapshot().details,
  );
}

/** @type {typeof import("./roomcast-react.d.ts").useInbox} */
export function useInbox() {
  const { inbox } = useSource();
  const snapshot = useSyncExternalStore(inbox.subscribe, inbox.getSnapshot, NO_CHAT.inbox.getSnapshot);
  return useMemo(() => ({ ...snapshot, loadMore: inbox.loadMore, find: inbox.find, setFilter: inbox.setFilter }), [snapshot, inbox]);
}

/** @type {typeof import("./roomcast-react.d.ts").useUsers} */
export function useUsers(userIds) {
  const { users } = useSource();
  const key = JSON.stringify(userIds);
  useEffect(() => void users.watch(JSON.parse(key)), [users, key]);
  return useSyncExternalStore(users.subscribe, users.getSnapshot, NO_CHAT.users.getSnapshot);
}

/** @type {typeof import("./roomcast-react.d.ts").useFileUrl} */
export function useFileUrl(fileUrl) {
  const { files } = useSource();
  const [renewed, setRenewed] = useState({ fileUrl: "", url: "" });
  useEffect(() => {
    if (!files || files.isCurrent(fileUrl)) return;
    let isShown = true;
    void files.currentUrlOf(fileUrl).then((url) => isShown && setRenewed({ fileUrl, url }));
    return () => {
      isShown = false;
    };
  }, [files, fileUrl]);
  return renewed.fileUrl === fileUrl ? renewed.url : (files?.urlOf(fileUrl) ?? fileUrl);
}
