import { createCalls } from "../api/client/roomcast-calls.js";
import { callFailureWords, isWithoutMicrophone, joinFailureWords } from "./call-words.js";
import { createEmitter } from "./emitter.js";

const SOUND = "roomcast.ring";

/**
 * The calls of a session: the client's, and what only this page has. Events: "state"; "note" with a text, and with a
 * function that tries again without a microphone if only that is missing.
 */
export function createPageCalls(chat) {
  const calls = createCalls(chat);
  const events = createEmitter();
  /** The calls that the user does not answer in this page now. */
  const later = new Set();
  let joined = "";
  const changed = () => events.emit("state");
  const end = calls.subscribe(changed);

  function report(answer, words, withoutMicrophone) {
    if (answer.success || answer.code === "cancelled") return;
    const again = isWithoutMicrophone(answer) ? withoutMicrophone : undefined;
    events.emit("note", { text: words(answer), withoutMicrophone: again });
  }

  /** Starts a call, or joins the one that the conversation has. */
  async function start(conversationId, media, options) {
    const words = current() ? joinFailureWords : callFailureWords;
    const answer = await calls.start(conversationId, { media, ...options });
    report(answer, words, () => start(conversationId, media, { audio: false }));
    return answer.success;
  }

  /** Joins a call that a conversation has. */
  async function join(callId, conversationId, options) {
    joined = conversationId;
    const answer = await calls.accept(callId, options);
    report(answer, joinFailureWords, () => join(callId, conversationId, { ...options, audio: false }));
    return answer.success;
  }

  /** Returns the call of this page. The client does not know its conversation yet while it is joined. */
  function current() {
    const { call } = calls.getSnapshot();
    return call && { ...call, conversationId: call.conversationId || joined };
  }

  return {
    on: events.on,
    state: calls.getSnapshot,
    current,
    /** Returns whether the server offers calls to the user. */
    areOffered() {
      const { session } = chat.getSnapshot();
      return Boolean(session?.supports?.includes("calls")) && session.userId !== undefined;
    },
    /** Returns the call that rings in this page, or undefined. */
    ringing: () => calls.getSnapshot().incoming.find(({ callId }) => !later.has(callId)),
    /** Ends the ringing in this page. The call goes on ringing elsewhere. */
    answerLater(callId) {
      later.add(callId);
      changed();
    },
    start,
    join,
    answer: calls.accept,
    decline: calls.decline,
    end: calls.end,
    setAudio: calls.setAudio,
    setVideo: calls.setVideo,
    setScreen: calls.setScreen,
    chooseMicrophone: calls.chooseMicrophone,
    chooseCamera: calls.chooseCamera,
    hasSound: () => localStorage.getItem(SOUND) !== "off",
    setSound: (isOn) => localStorage.setItem(SOUND, isOn ? "on" : "off"),
    close() {
      end();
      calls.close();
    },
  };
}
