import { createOutgoing } from "./call-signals.js";
import { createSlots } from "./call-slots.js";

/**
 * @typedef {import("./roomcast-calls.d.ts").CallParticipant["connection"]} PeerStatus
 * @typedef {{ id?: string } & RTCSessionDescriptionInit} Description the description of a browser; an answer has the id of its offer
 */

const GATHER = 50;
const MAX_CANDIDATES = 50;
/** An offer that is not answered for so long is sent again. */
const ANSWER = 6_000;
/** A connection is often interrupted for a moment, and recovers by itself. */
const RECOVER = 4_000;
const CONNECT = 15_000;
const LAST_DELAY = 30_000;

/**
 * The connection to another participant, by the perfect negotiation of WebRTC. The participant who joined later sends the
 * first offer. It has all that is ever transmitted, so that devices are switched without another negotiation: only ICE is
 * restarted.
 *
 * @param {object} parts
 * @param {import("./call-browser.js").CallBrowser} parts.browser
 * @param {() => RTCConfiguration} parts.configuration
 * @param {boolean} parts.isPolite whether it joined later, and so takes its own offer back if two meet
 * @param {import("./call-slots.js").Tracks} parts.tracks what is sent
 * @param {(signal: import("./call-signals.js").Outgoing) => Promise<any>} parts.request
 * @param {() => boolean} parts.isReady
 * @param {() => Promise<unknown>} parts.renewServers requests current ICE servers
 * @param {(isConnected: boolean) => void} parts.onConnected called when the connection was opened, or could not be
 * @param {() => void} parts.onChange
 */
export function createPeer({ browser, configuration, isPolite, tracks, request, isReady, renewServers, onConnected, onChange }) {
  const outgoing = createOutgoing({ request, isReady, browser });
  /** @type {RTCPeerConnection | null} */
  let connection = null;
  /** @type {ReturnType<typeof createSlots> | null} */
  let slots = null;
  /** @type {PeerStatus} */
  let status = "connecting";
  let offers = 0;
  /** @type {string | undefined} */
  let offerId;
  /** @type {Description | null} */
  let answer = null;
  /** @type {RTCIceCandidate[]} */
  let candidates = [];
  /** How often ICE was restarted since the last connection. */
  let restarts = 0;
  /** Whether ICE is restarted as soon as the server passes signals on. */
  let isDue = false;
  let closed = false;
  /** @type {unknown} */
  let gathering = null;
  /** @type {unknown} */
  let unanswered = null;
  /** @type {unknown} */
  let restarting = null;
  /** @type {Promise<void>} */
  let last = Promise.resolve();

  /** Does one step of the negotiation after the other. @param {() => Promise<unknown>} step */
  function inOrder(step) {
    last = last
      .then(() => (closed ? undefined : step()))
      .then(
        () => {},
        (error) => {
          if (!closed) console.warn("A step of a call failed", error);
        },
      );
  }

  /** @param {boolean} isFirst whether this side sends the first offer */
  function open(isFirst) {
    const opened = browser.connection(configuration());
    connection = opened;
    slots = createSlots({ connection: opened, browser, tracks });
    opened.onnegotiationneeded = () => inOrder(offer);
    opened.onicecandidate = ({ candidate }) => gathered(candidate);
    opened.onconnectionstatechange = changed;
    if (isFirst) slots.open();
    restartIn(CONNECT);
    return opened;
  }

  async function offer() {
    if (connection?.signalingState !== "stable") return;
    await connection.setLocalDescription();
    offerId = `${++offers}`;
    sendOffer();
  }

  /** Sends the offer, again until it is answered. */
  function sendOffer() {
    browser.clearTimer(unanswered);
    if (closed || connection?.signalingState !== "have-local-offer") return;
    outgoing.send({ kind: "offer", data: described(connection.localDescription, offerId) });
    unanswered = browser.setTimer(sendOffer, ANSWER);
  }

  /** @param {Description} data */
  async function offered(data) {
    if (data.id !== undefined && data.id === answer?.id) return sendAnswer();
    const current = connection ?? open(false);
    // An offer that could not be answered does not count: a later one takes its place.
    const isOpen = current.signalingState === "have-local-offer";
    // The other side answered the first offer, and the answer was lost: it sends the answer again.
    if (isOpen && (!isPolite || !current.currentRemoteDescription)) return isPolite && sendOffer();
    await current.setRemoteDescription({ type: "offer", sdp: data.sdp });
    await slots?.accept();
    await current.setLocalDescription();
    answer = described(current.localDescription, data.id);
    sendAnswer();
    onChange();
  }

  function sendAnswer() {
    const current = connection?.currentLocalDescription;
    if (!answer) return;
    if (current?.type === "answer") answer = described(current, answer.id);
    outgoing.send({ kind: "answer", data: answer });
  }

  /** @param {Description} data */
  async function answered({ id, sdp }) {
    if (connection?.signalingState !== "have-local-offer" || (id !== undefined && id !== offerId)) return;
    await connection.setRemoteDescription({ type: "answer", sdp });
    browser.clearTimer(unanswered);
    slots?.show();
    onChange();
  }

  /** @param {RTCIceCandidateInit[] | null} data */
  async function reached(data) {
    // Those of an offer that was not taken do not fit.
    for (const candidate of data ?? []) await connection?.addIceCandidate(candidate).catch(() => {});
  }

  /** @param {RTCIceCandidate | null} candidate */
  function gathered(candidate) {
    if (candidate?.candidate) candidates.push(candidate);
    if (candidates.length >= MAX_CANDIDATES || !candidate) sendCandidates();
    else gathering ??= browser.setTimer(sendCandidates, GATHER);
    if (!candidate) outgoing.send({ kind: "candidates", data: null });
  }

  function sendCandidates() {
    browser.clearTimer(gathering);
    gathering = null;
    if (closed || candidates.length === 0) return;
    outgoing.send({ kind: "candidates", data: candidates.map((candidate) => candidate.toJSON()) });
    candidates = [];
  }

  function changed() {
    const state = connection?.connectionState;
    if (closed || !connection) return;
    if (state === "connected") connected();
    if (state === "disconnected") interrupted(RECOVER);
    if (state === "failed") interrupted(restarts === 0 ? 0 : Math.min(LAST_DELAY, 1_000 * 2 ** restarts));
    onChange();
  }

  function connected() {
    status = "connected";
    restarts = 0;
    isDue = false;
    browser.clearTimer(restarting);
    onConnected(true);
  }

  /** @param {number} delay */
  function interrupted(delay) {
    if (status === "connected") status = "reconnecting";
    else if (connection?.connectionState === "failed") onConnected(false);
    restartIn(delay);
  }

  /** Restarts ICE unless the connection is opened before. @param {number} delay */
  function restartIn(delay) {
    browser.clearTimer(restarting);
    restarting = browser.setTimer(() => connection?.connectionState !== "connected" && restart(), delay);
  }

  async function restart() {
    browser.clearTimer(restarting);
    isDue = !isReady();
    if (closed || isDue) return;
    restartIn(Math.min(LAST_DELAY, CONNECT * 2 ** Math.min(restarts++, 1)));
    await renewServers();
    // A side that has never received an offer waits for it.
    if (closed || !connection?.remoteDescription) return;
    connection.setConfiguration(configuration());
    connection.restartIce();
  }

  return {
    /** Sends the first offer. */
    begin: () => void open(true),
    /** @param {"offer" | "answer" | "candidates"} kind @param {any} data */
    receive(kind, data) {
      const step = { offer: offered, answer: answered, candidates: reached }[kind];
      if (step) inOrder(() => step(data));
    },
    /** The server passes signals on again. @param {boolean} isLost whether signals to this side are lost */
    resume(isLost) {
      outgoing.work();
      if (connection?.signalingState === "have-local-offer" && isLost) sendOffer();
      else if (isDue || isLost) void restart();
    },
    /** Sends other tracks. */
    sync: () => inOrder(async () => slots?.sync()),
    get: () => ({ connection: status, ...slots?.streams() }),
    close() {
      closed = true;
      [gathering, unanswered, restarting].forEach(browser.clearTimer);
      outgoing.close();
      connection?.close();
    },
  };
}

/**
 * @param {RTCSessionDescription | null} description
 * @param {string} [id]
 * @returns {Description}
 */
const described = (description, id) => ({
  type: description?.type ?? "offer",
  sdp: description?.sdp ?? "",
  ...(id !== undefined && { id }),
});
