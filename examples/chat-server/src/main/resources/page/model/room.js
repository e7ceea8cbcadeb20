import { createEmitter } from "./emitter.js";
import { failureWords } from "./failures.js";
import { createQuotes } from "./quotes.js";
import { createTicks } from "./ticks.js";

/**
 * The open conversation: the client's room, and what only this page has. Events: "state"; "error" with a text; "refused"
 * with a message that the user can correct.
 */
export function createRoom({ id, session, onClosed }) {
  const { chat, directory, attention, user } = session;
  const room = chat.room(id);
  const events = createEmitter();
  const present = new Set();
  const written = new Set();
  const ticks = createTicks(user);
  const quotes = createQuotes(room);
  let indexed = { state: null };
  let isOpen = true;
  const showError = (failure) => events.emit("error", failureWords(failure));
  const conversation = () => directory.find(id);
  const members = () => (room.getSnapshot().details.members ?? conversation().members)?.filter((member) => isName(member?.userId));

  function changed() {
    if (!isOpen) return;
    const { status, failure, messages, receipts } = room.getSnapshot();
    if (status === "closed") return onClosed(failure);
    if (status === "loading") quotes.forget();
    session.showUsers([...new Set(messages.map(({ senderId }) => senderId))]);
    ticks.update({ messages, receipts, members: members() });
    messages.filter((message) => message.status === "failed" && written.delete(message.id)).forEach(refused);
    events.emit("state");
  }

  /** Offers the words of a refused message to the composer, unless they belong to files. */
  function refused({ clientMessageId, content, failure, files, attachments }) {
    showError(failure);
    if (files || attachments) return;
    const offer = { content, taken: false };
    if (!failure.retryable) events.emit("refused", offer);
    if (offer.taken) room.discard(clientMessageId);
  }

  function find(messageId) {
    const state = room.getSnapshot();
    if (indexed.state !== state) indexed = { state, byId: new Map([...state.apart, ...state.messages].map((message) => [message.id, message])) };
    return indexed.byId.get(messageId);
  }

  /** Returns the message that another one quotes. Requests it if it is not loaded. */
  function quoted(messageId) {
    if (!messageId) return undefined;
    const message = find(messageId);
    if (!message) quotes.want(messageId);
    return message;
  }

  /** Requests a change. Shows why it failed, and returns whether it succeeded. */
  async function ask(request) {
    const answer = await request;
    if (!answer.success) showError(answer);
    return answer.success;
  }

  function say(content, { replyTo, mentions = [] } = {}) {
    const answer = room.send({ content, ...(replyTo && { replyTo }), ...(mentions.length > 0 && { mentions }) });
    if (!answer.success) return showError(answer);
    written.add(answer.clientMessageId);
    room.loadLatest();
  }

  /** Sends files with a text. Returns whether they were accepted. */
  function sayFiles(files, content, { replyTo, mentions = [] } = {}) {
    const answer = room.sendFiles(files, { content, ...(replyTo && { replyTo }), ...(mentions.length > 0 && { mentions }) });
    if (!answer.success) showError(answer);
    else {
      written.add(answer.clientMessageId);
      room.loadLatest();
    }
    return answer.success;
  }

  /** Returns whether the user may send files here, as far as the page knows. */
  function takesFiles() {
    const { session: known } = chat.getSnapshot();
    const isSupported = known?.supports?.includes("files") && known.userId !== undefined;
    const { may } = room.getSnapshot().details;
    return Boolean(isSupported) && (may?.includes("send_file") ?? true);
  }

  /** Returns whether the user may call here, and takes part in no call. */
  function mayCall() {
    const { calls } = session;
    const isAllowed = room.getSnapshot().details.may?.includes("call") ?? false;
    return isAllowed && calls.areOffered() && calls.current() === undefined;
  }

  /** Returns the users who joined while this user was in the room, and the viewers. */
  const here = () => [...new Set([...present, ...room.getSnapshot().viewers])].filter(isName);

  /** Returns the members if they are known; otherwise the users seen in the conversation. */
  function people() {
    const known = members();
    return known?.length ? known.map(({ userId }) => userId) : [...new Set([user, ...here(), ...ticks.users()])];
  }

  const isOther = ({ conversationId, userId }) => conversationId === id && typeof userId === "string" && userId !== user;
  const ends = [
    room.subscribe(changed),
    session.on("directory", changed),
    session.on("users", changed),
    session.calls.on("state", changed),
    chat.on("userJoined", (event) => isOther(event) && present.add(event.userId) && events.emit("state")),
    chat.on("userLeft", (event) => isOther(event) && present.delete(event.userId) && events.emit("state")),
    room.stopTyping,
    room.stopViewing,
    quotes.close,
    () => room.follow(),
  ];
  room.viewing();
  room.loadDetails();
  queueMicrotask(changed);

  return {
    id,
    user,
    ticks,
    find,
    quoted,
    /** Returns whether the user may do something; the fallback until that is known. */
    may: (permission, fallback = false) => room.getSnapshot().details.may?.includes(permission) ?? fallback,
    role: () => room.getSnapshot().details.role,
    conversation,
    members,
    people,
    preferences: () => room.getSnapshot().details.preferences ?? {},
    showError,
    say,
    sayFiles,
    takesFiles,
    mayCall,
    call: (media) => session.calls.start(id, media),
    limits: () => chat.getSnapshot().session?.limits,
    files: chat.files,
    resumeFiles: room.resumeFiles,
    pause: room.pause,
    resume: room.resume,
    on: events.on,
    state: room.getSnapshot,
    isKnown: session.isKnown,
    nameOf: session.nameOf,
    stored: () => room.getSnapshot().messages.filter(({ status }) => !status),
    unsent: () => room.getSnapshot().messages.filter(({ status }) => status),
    /** Returns the files that other users are uploading. */
    uploads: () => room.getSnapshot().uploads.filter(({ userId }) => isName(userId)),
    /** Returns the call that the conversation has, or undefined. */
    runningCall: () => room.getSnapshot().call,
    viewers: () => room.getSnapshot().viewers.filter(isName),
    typists: () => room.getSnapshot().typing.filter(isName),
    /** Returns how many users type. In a large room only the number is known. */
    typistCount: () => room.getSnapshot().typingCount,
    present: here,
    typing: room.typing,
    stopTyping: room.stopTyping,
    saveDraft: room.saveDraft,
    goTo: (messageId) => ask(room.goTo(messageId)),
    loadOlder: room.loadOlder,
    loadNewer: room.loadNewer,
    loadLatest: room.loadLatest,
    follow: room.follow,
    discard: room.discard,
    retry(clientMessageId) {
      written.add(clientMessageId);
      room.retry(clientMessageId);
    },
    edit: (messageId, content) => ask(room.edit(messageId, content)),
    remove: (messageId) => ask(room.remove(messageId)),
    pins: () => room.getSnapshot().pins,
    pin: (messageId, isOn) => ask(room.pin(messageId, isOn)),
    setPreferences: (preferences) => ask(room.setPreferences(preferences)),
    react: (messageId, key, isOn) => ask(room.react(messageId, key, isOn)),
    /** Marks all messages as read if the page is active. */
    seen: () => attention.isActive() && room.markRead(),
    close() {
      isOpen = false;
      ends.forEach((end) => end());
    },
  };
}

const isName = (name) => typeof name === "string";
