import { callBrowser } from "./call-browser.js";
import { createCallRequests } from "./call-requests.js";
import { CANCELLED, IN_A_CALL, NOT_SUPPORTED, NO_CALL } from "./call-failures.js";
import { createMedia } from "./call-media.js";
import { createRinging } from "./call-ringing.js";
import { createCallSession } from "./call-session.js";
import { createDevices } from "./call-devices.js";
import { NOT_CONNECTED } from "./failure.js";
import { createObservable } from "./observable.js";

/**
 * @typedef {import("./roomcast-calls.d.ts").Calls} Calls
 * @typedef {import("./roomcast-calls.d.ts").CallsSnapshot} CallsSnapshot
 * @typedef {import("./roomcast-calls.d.ts").CurrentCall} CurrentCall
 * @typedef {import("./roomcast-calls.d.ts").EndedCall} EndedCall
 * @typedef {import("./roomcast-calls.d.ts").CallAnswer<any>} Answer
 * @typedef {{ callId?: string, conversationId: string, media: "audio" | "video", isOwn: boolean }} Joining a call that is joined
 */

/** @type {WeakMap<object, Calls>} */
const known = new WeakMap();

const EVENTS = /** @type {const} */ (["callAccepted", "callUpdated", "callDeclined", "callSignal", "callLeft", "callEnded"]);
const KEY = "roomcast call";
const MAX_EARLY = 200;
/** The server keeps the place of a page that went away for so long. */
const AWAY = 30_000;
const DONE = /** @type {const} */ ({ success: true });

/** @type {typeof import("./roomcast-calls.d.ts").createCalls} */
export function createCalls(chat, options = {}) {
  const calls = known.get(chat) ?? callsOf(chat, options, callBrowser());
  known.set(chat, calls);
  return calls;
}

/**
 * @param {import("./roomcast.d.ts").Chat} chat
 * @param {import("./roomcast-calls.d.ts").CallsOptions} options
 * @param {import("./call-browser.js").CallBrowser} browser
 * @returns {Calls}
 */
export function callsOf(chat, options, browser) {
  /** The session of the latest connection. @type {unknown} */
  let connection = null;
  /** @type {Joining | null} */
  let joining = null;
  /** @type {ReturnType<typeof createCallSession> | null} */
  let session = null;
  /** @type {EndedCall | undefined} */
  let ended;
  /** Events that may be about the call that is joined. @type {[string, any][]} */
  let early = [];
  /** What a page that returns to its call has not opened yet. @type {{ audio: boolean, video: boolean } | null} */
  let opening = null;
  let closed = false;

  const isOnline = () => chat.getSnapshot().status === "online";
  const requests = createCallRequests({ chat, browser });
  const ringing = createRinging(browser, show);
  const devices = createDevices(browser, show);
  const media = createMedia({ browser, options, onChange: changed });
  const observable = createObservable(snapshot());

  function isSupported() {
    const supports = chat.getSnapshot().session?.supports;
    return browser.isSupported && (!supports || supports.includes("calls"));
  }

  /** @returns {CallsSnapshot} */
  function snapshot() {
    const call = current();
    return Object.freeze({
      supported: isSupported(),
      incoming: ringing.get(),
      ...(call && { call }),
      ...(ended && { ended }),
      devices: devices.get(),
    });
  }

  /** @returns {CurrentCall | undefined} */
  function current() {
    if (session) return Object.freeze({ ...session.get(), self: { participantId: session.participantId, ...media.get() } });
    if (!joining) return undefined;
    const nothing = { away: !isOnline(), rung: [], declined: [], participants: [], mode: /** @type {const} */ ("mesh") };
    return Object.freeze({ ...joining, status: /** @type {const} */ ("joining"), ...nothing, self: media.get() });
  }

  function show() {
    if (!closed) observable.set(snapshot());
  }

  /** The devices have changed. */
  function changed() {
    session?.sync();
    keep();
    void devices.load();
    show();
  }

  /** Keeps what is needed to return after a reload. */
  function keep() {
    if (session) browser.save(KEY, { userId: chat.getSnapshot().userId, ...session.place(), ...(opening ?? media.state()) });
  }

  /**
   * Joins a call: opens the devices, and sends the request.
   *
   * @param {Joining} call
   * @param {import("./roomcast-calls.d.ts").JoinOptions} wanted
   * @param {() => Promise<any>} request
   * @returns {Promise<Answer>}
   */
  async function join(call, wanted, request) {
    if (closed || !isSupported()) return NOT_SUPPORTED;
    if (session || joining) return IN_A_CALL;
    begin(call);
    const opened = await media.open({ audio: wanted.audio ?? true, video: wanted.video ?? call.media === "video" });
    if (!isJoining(call)) return CANCELLED;
    const answer = opened.success ? await request() : opened;
    if (!isJoining(call)) return abandoned(answer);
    if (answer.success) enter(answer, call.isOwn && !answer.joined);
    else stop();
    return answer;
  }

  /** @param {Joining} call */
  const isJoining = (call) => joining === call;

  /** @param {Joining} call */
  function begin(call) {
    joining = call;
    ended = undefined;
    early = [];
    show();
  }

  /** The user has ended the call before the server answered. @param {any} answer */
  function abandoned(answer) {
    if (answer.success) void requests.leave({ callId: answer.callId, key: answer.key, after: 0 });
    return CANCELLED;
  }

  /** @param {any} entry @param {boolean} isOwn */
  function enter(entry, isOwn) {
    joining = null;
    ringing.remove(entry.callId);
    const owner = { end: finish, onChange: show };
    const request = requests.send;
    session = createCallSession({ entry, isOwn, request, isOnline, browser, media, connection: options.connection, owner });
    keep();
    early.splice(0).forEach(([event, payload]) => session?.receive(event, payload));
    show();
  }

  /** Closes what the call has opened. */
  function stop() {
    // A page that closes a chat before it was connected has not returned to its call yet.
    if (session || joining) browser.save(KEY, null);
    session?.close();
    session = null;
    joining = null;
    early = [];
    opening = null;
    media.close();
    show();
  }

  /** @param {EndedCall["reason"]} reason @param {{ by?: string, durationMs?: number }} [more] */
  function finish(reason, more) {
    const call = current();
    if (!call) return;
    const { callId, conversationId } = call;
    ended = Object.freeze({ ...(callId !== undefined && { callId }), conversationId, reason, ...more });
    stop();
  }

  /** @param {string} event @param {any} payload */
  function receive(event, payload) {
    if (event === "callEnded") ringing.remove(payload.callId);
    if (joining && early.length < MAX_EARLY) early.push([event, payload]);
    session?.receive(event, payload);
  }

  /** The state of the connection has changed. */
  function followed() {
    const { session: latest, status } = chat.getSnapshot();
    if (status === "closed") return close();
    if (status === "refused" || status === "ended") {
      finish("removed");
      ringing.clear();
    }
    if (status === "online" && latest !== connection) {
      const isFirst = connection === null;
      connection = latest;
      early = [];
      ringing.connected();
      session?.connected();
      requests.connected();
      if (isFirst) void resume();
    }
    show();
  }

  /** Returns to the call that a reload of the page has interrupted. */
  async function resume() {
    const place = browser.load(KEY);
    if (place?.userId !== chat.getSnapshot().userId || session || joining || !isSupported()) return;
    const { callId, conversationId, key, audio, video, returnedAt = -Infinity } = place;
    /** @type {Joining} */
    const call = { callId, conversationId, media: video ? "video" : "audio", isOwn: false };
    begin(call);
    browser.save(KEY, { ...place, returnedAt: browser.now() });
    const isAgain = browser.now() - returnedAt < AWAY;
    const answer = await requests.resume({ callId, key }, () => isJoining(call), isAgain);
    if (!isJoining(call)) return void abandoned(answer);
    if (!answer.success) return stop();
    opening = { audio, video };
    enter(answer, false);
    await media.open({ audio: true, video, isMuted: !audio });
    opening = null;
    keep();
  }

  function close() {
    if (closed) return;
    if (session) void requests.leave(session.place());
    stop();
    closed = true;
    ends.forEach((end) => end());
    [ringing, devices, requests].forEach((part) => part.close());
    known.delete(chat);
    observable.clear();
  }

  /** @param {() => Promise<Answer>} change @returns {Promise<Answer>} */
  const inCall = async (change) => (session || joining ? change() : NO_CALL);

  const ends = [
    chat.subscribe(followed),
    chat.on("incomingCall", (event) => event.callId !== session?.callId && ringing.add(event)),
    chat.on("syncRequired", () => session?.check()),
    ...EVENTS.map((event) => chat.on(event, (/** @type {any} */ payload) => receive(event, payload))),
  ];
  followed();

  return {
    subscribe: observable.subscribe,
    getSnapshot: observable.get,
    start(conversationId, { media: kind = "audio", ...wanted } = {}) {
      if (!isOnline()) return Promise.resolve(NOT_CONNECTED);
      const call = { conversationId, media: kind, isOwn: true };
      const request = () => requests.start({ conversationId, media: kind }, () => isJoining(call));
      return join(call, wanted, request).then(answerOf);
    },
    accept(callId, wanted = {}) {
      if (session?.callId === callId) return Promise.resolve({ ...DONE, callId });
      const ring = ringing.find(callId);
      const { conversationId = "", media: kind = "audio" } = ring ?? {};
      const call = { callId, conversationId, media: kind, isOwn: false };
      const request = () => requests.join("acceptCall", { callId }, () => isJoining(call));
      return join(call, wanted, request).then((answer) => {
        // Only the answer says what a call is for that does not ring.
        const isVideo = !ring && answer.success && answer.media === "video" && session?.callId === callId;
        if (isVideo && wanted.video === undefined) void media.setVideo(true);
        return answerOf(answer);
      });
    },
    async decline(callId) {
      ringing.remove(callId);
      const answer = await requests.repeat("declineCall", { callId }, () => true);
      return answer.success || answer.isUnclear ? DONE : answerOf(answer);
    },
    async end({ forAll = false } = {}) {
      const place = session?.place();
      if (!session && !joining) return NO_CALL;
      finish("left");
      return place ? requests.leave(place, forAll) : DONE;
    },
    setAudio: (on) => inCall(() => media.setAudio(on)),
    setVideo: (on) => inCall(() => media.setVideo(on)),
    setScreen: (on) => inCall(() => media.setScreen(on)),
    chooseMicrophone: (deviceId) => media.choose("audio", deviceId),
    chooseCamera: (deviceId) => media.choose("video", deviceId),
    close,
  };
}

/** Returns what a front end needs of an entry. The key remains here. @param {any} answer */
const answerOf = ({ success, callId, joined = false, rung = [], isUnclear, ...failure }) =>
  success ? { success, callId, joined, rung } : { success, ...failure };
