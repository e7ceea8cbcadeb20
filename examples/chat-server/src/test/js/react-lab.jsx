// The components of react.test.js. The page sets window.setup to the server's address and a token.
import { Profiler, StrictMode, startTransition, useLayoutEffect, useState } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { io } from "socket.io-client";
import { connect } from "roomcast";
import { usePush } from "roomcast-push-react";
import { ChatProvider, useChat, useConnection, useDetails, useInbox, useRoom, useTyping } from "roomcast-react";

const { url, token } = window.setup;
const chats = [];
const renders = {};
let root;

function open() {
  const chat = connect({ url, io, token: () => token });
  chats.push(chat);
  return chat;
}

const count = (name) => (renders[name] = (renders[name] ?? 0) + 1);

function Status() {
  const { status, userId } = useConnection();
  return <p id="status">{userId ? `${userId} is ${status}` : status}</p>;
}

function Lobby({ id }) {
  const { messages, online, send, markRead, status } = useRoom(id);
  Object.assign(window.lab, { send, markRead });
  return (
    <section id="room" data-status={status}>
      <b id="online">{online}</b>
      {messages.map((one) => <p key={one.clientMessageId ?? one.id}>{one.content}</p>)}
    </section>
  );
}

function Typists({ id }) {
  count("typists");
  const { users, typed, stop } = useTyping(id);
  Object.assign(window.lab, { typed, stop });
  return <p id="typists">{users.join()}</p>;
}

function Members({ id }) {
  count("members");
  const { members = [] } = useDetails(id);
  return <p id="members">{members.map(({ userId }) => userId).sort().join()}</p>;
}

function Inbox() {
  const { conversations, unread } = useInbox();
  return <p id="inbox">{`${conversations.map(({ title }) => title).join()} ${unread}`}</p>;
}

function Chat() {
  window.lab.chat = useChat();
  return null;
}

const pushes = [];

/** Notifications without a browser's. */
function pushOf(chat) {
  let state = { status: "off" };
  const listeners = new Set();
  const push = {
    chat,
    isOpen: true,
    subscribe: (listener) => listeners.add(listener) && (() => listeners.delete(listener)),
    getSnapshot: () => state,
    enable() {
      state = { status: "on" };
      listeners.forEach((listener) => listener());
    },
    close: () => (push.isOpen = false),
  };
  pushes.push(push);
  return push;
}

function Push() {
  const { status, enable } = usePush((chat) => pushOf(chat));
  window.lab.enable = enable;
  return <p id="push">{status}</p>;
}

/** Shows the parts that the test names. */
function App() {
  const [parts, show] = useState(window.setup.parts ?? ["status", "room"]);
  window.lab.show = show;
  const [id, enter] = useState("lab");
  window.lab.enter = enter;
  return (
    <>
      {parts.includes("status") && <Status />}
      {parts.includes("room") && <Lobby id={id} />}
      {parts.includes("typing") && <Typists id={id} />}
      {parts.includes("inbox") && <Inbox />}
      {parts.includes("members") && <Members id={id} />}
      {parts.includes("chat") && <Chat />}
      {parts.includes("push") && <Push />}
    </>
  );
}

/** A component that takes a while, so that a transition over many of them is interrupted by events. */
function Slow({ seen, number }) {
  const { messages } = useRoom("lab");
  const until = performance.now() + 2;
  while (performance.now() < until);
  useLayoutEffect(() => {
    seen[number] = messages.length;
  });
  return null;
}

const MANY = Array.from({ length: 40 }, (_, i) => i);

function Many() {
  const [tick, setTick] = useState(0);
  const [seen] = useState([]);
  window.lab.transition = () => startTransition(() => setTick((before) => before + 1));
  const committed = () => {
    window.lab.commits++;
    if (new Set(seen).size > 1) window.lab.torn.push([...seen]);
    window.lab.highest = Math.max(...seen);
  };
  const all = MANY.map((number) => <Slow key={number} number={number} seen={seen} tick={tick} />);
  return <Profiler id="many" onRender={committed}>{all}</Profiler>;
}

const tree = (content, strict) => {
  const provided = <ChatProvider connect={open}>{content}</ChatProvider>;
  return strict ? <StrictMode>{provided}</StrictMode> : provided;
};

window.lab = {
  chats,
  pushes,
  renders,
  torn: [],
  commits: 0,
  mount(strict) {
    root = createRoot(document.getElementById("app"));
    root.render(tree(<App />, strict));
  },
  mountMany() {
    root = createRoot(document.getElementById("app"));
    root.render(tree(<Many />));
  },
  hydrate() {
    const onRecoverableError = (error) => console.error(String(error));
    root = hydrateRoot(document.getElementById("app"), tree(<App />, true), { onRecoverableError });
  },
  unmount: () => root.unmount(),
};

export { App, ChatProvider };
