import { createConnection } from "./connection.js";
import { createEmitter } from "./emitter.js";
import { createHistory } from "./history.js";
import { postMessage } from "./http-fallback.js";
import { createOutbox } from "./outbox.js";
import { createTimeline } from "./timeline.js";
import { createOthersTyping, createOwnTyping } from "./typing.js";

/**
 * One user in one room. Events: "state", "messages" with the new ones, "outbox", "typing" with the names, "error" with
 * a text, "refused" with a message that is to be written anew, "unauthenticated" with a text.
 */
export function createChat(place) {
  const events = createEmitter();
  const connection = createConnection(place.token);
  const timeline = createTimeline();
  const showError = (answer) => events.emit("error", answer.error);
  const history = createHistory({
    room: place.room,
    connection,
    timeline,
    onChange: (fresh) => events.emit("messages", fresh),
    onError: showError,
  });
  const outbox = createOutbox({
    place,
    deliver,
    onStored: take,
    onRefused: refused,
    onChange: () => events.emit("outbox"),
  });
  const othersTyping = createOthersTyping({ onChange: (names) => events.emit("typing", names) });

  async function deliver({ createdAt, failure, ...message }) {
    const answer =
      connection.state() === "online"
        ? await connection.ask("sendMessage", message)
        : await postMessage(message, place.token);
    if (!answer) outbox.retrySoon();
    return answer;
  }

  function take(message) {
    outbox.confirm(message);
    othersTyping.end(message.senderId);
    history.receive(message);
  }

  /** Whether somebody took the words back to mend them. */
  function refused(entry, answer) {
    showError(answer);
    const offer = { content: entry.content, taken: false };
    events.emit("refused", offer);
    return offer.taken;
  }

  async function enterRoom() {
    const answer = await connection.ask("joinRoom", place.room);
    if (answer && !answer.success) return showError(answer);
    await history.catchUp();
    outbox.flush();
  }

  function changed(state) {
    events.emit("state", state);
    if (state === "online") return enterRoom();
    othersTyping.clear();
  }

  const here = (listener) => (event) => event.conversationId === place.room && listener(event);

  connection.on("state", changed);
  connection.on("unauthenticated", (text) => events.emit("unauthenticated", text));
  connection.receive("receiveMessage", here(({ message }) => take(message)));
  connection.receive("userTyping", here(({ userId, expiresInMs }) => othersTyping.begin(userId, expiresInMs)));
  connection.receive("userStoppedTyping", here(({ userId }) => othersTyping.end(userId)));
  connection.receive("syncRequired", () => history.catchUp());
  connection.receive("messageError", showError);
  connection.receive("chatError", showError);

  const typing = createOwnTyping({ place, connection });

  return {
    place,
    history,
    outbox,
    timeline,
    on: events.on,
    state: connection.state,
    typing,
    start() {
      events.emit("state", connection.state());
      connection.open();
      if (outbox.entries.length > 0) outbox.retrySoon();
    },
    stop() {
      typing.stop();
      connection.tell("leaveRoom", place.room);
      othersTyping.clear();
      outbox.close();
      connection.close();
    },
  };
}
