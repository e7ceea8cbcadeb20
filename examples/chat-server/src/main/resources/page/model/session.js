import { files } from "../api/client/roomcast-files.js";
import { connect } from "../api/client/roomcast.js";
import { createAttention } from "./attention.js";
import { createPageCalls } from "./calls.js";
import { createDirectory } from "./directory.js";
import { createEmitter } from "./emitter.js";
import { createNotifications } from "./notified.js";
import { createRoom } from "./room.js";
import { tokenOf } from "./token.js";

/**
 * The session of one user at one server, with one open conversation at a time. Events: "directory"; "presence"; "users"; "opened"
 * with the room or null; "closed" with a room's id and title, and the reason for which the user may not be in it.
 */
export function createSession(account) {
  const user = account.name;
  const events = createEmitter();
  const attention = createAttention();
  const chat = connect({ io: window.io, user, token: () => tokenOf(account), files });
  const calls = createPageCalls(chat);
  const push = createNotifications({ account, chat, open: (id) => self.open(id) });
  const directory = createDirectory({ user, chat, onChange: () => events.emit("directory") });
  let room = null;

  /** Closes a conversation that the user may no longer be in. */
  function closed(id, { error }) {
    const conversation = directory.find(id);
    self.forget(id);
    events.emit("closed", { id, conversation, text: error });
  }

  const ends = [
    chat.presence.subscribe(() => events.emit("presence")),
    chat.users.subscribe(() => events.emit("users")),
    () => room?.close(),
    directory.close,
    attention.close,
    push.close,
    calls.close,
    chat.close,
  ];

  const self = {
    user,
    chat,
    calls,
    push,
    directory,
    attention,
    on: events.on,
    room: () => room,
    presenceOf: (userId) => chat.presence.getSnapshot()[userId],
    /** Returns the name of a user, or the id of one whose name is not known. */
    nameOf: (userId) => chat.users.getSnapshot()[userId]?.name || userId,
    /** Requests the names of users who are shown. */
    showUsers: (userIds) => chat.users.watch(userIds.filter((userId) => typeof userId === "string")),
    /** Returns whether the user may do what needs a known user, as far as the page knows. */
    isKnown() {
      const { session: known } = chat.getSnapshot();
      return !known || known.userId !== undefined;
    },
    open(id) {
      if ((room?.id ?? null) === id) return;
      room?.close();
      room = null;
      if (id) {
        directory.open(id);
        room = createRoom({ id, session: self, onClosed: (failure) => closed(id, failure) });
      }
      events.emit("opened", room);
    },
    forget(id) {
      if (room?.id === id) self.open(null);
      directory.forget(id);
    },
    /** Replaces the token that the user entered. Returns the answer of the server. */
    async renew(token) {
      const answer = await chat.request("refreshToken", { token });
      if (answer.success) account.token = token;
      return answer;
    },
    hasOwnToken: () => account.token !== undefined,
    stop: () => ends.forEach((end) => end()),
  };
  return self;
}
