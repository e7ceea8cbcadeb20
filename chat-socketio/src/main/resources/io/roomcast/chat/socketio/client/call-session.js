import { createPeer } from "./call-peer.js";
import { createIncomingOrder } from "./call-signals.js";

/**
 * @typedef {import("../contract/chat-events").CallPeer} CallPeer
 * @typedef {import("../contract/chat-events").AcceptCallResult} Entry
 * @typedef {import("./roomcast-calls.d.ts").CallParticipant} CallParticipant
 * @typedef {import("./roomcast-calls.d.ts").EndedCall} EndedCall
 * @typedef {{ end(reason: EndedCall["reason"], more?: { by?: string, durationMs?: number }): void, onChange(): void }} Owner
 */

const RETRY = 1_000;
/** Credentials are renewed so long before they end. */
const RENEW = 60_000;
/** A renewal that failed is repeated after this time at the earliest. */
const RENEW_AGAIN = 10_000;
const MAX_TIMER = 2 ** 31 - 1;
const MAX_EARLY = 100;
const MAX_HELD = 500;

/**
 * The part of this page in one call: its participants, their connections, and the return after a lost connection to the
 * server.
 *
 * @param {object} parts
 * @param {Entry & { rung?: readonly string[] }} parts.entry
 * @param {boolean} parts.isOwn
 * @param {(event: string, payload: object) => Promise<any>} parts.request
 * @param {() => boolean} parts.isOnline
 * @param {import("./call-browser.js").CallBrowser} parts.browser
 * @param {ReturnType<import("./call-media.js").createMedia>} parts.media
 * @param {RTCConfiguration} [parts.connection]
 * @param {Owner} parts.owner
 */
export function createCallSession({ entry, isOwn, request, isOnline, browser, media, connection, owner }) {
  const { callId, conversationId, participantId, index } = entry;
  /** @type {Map<string, { peer: CallPeer, link: ReturnType<typeof createPeer> | null }>} */
  const others = new Map();
  /** Signals of participants who are not known yet. @type {any[]} */
  let early = [];
  const order = createIncomingOrder(pass);
  let { key, state, sfu, iceServers } = entry;
  /** @type {string[]} */
  let declined = [];
  /** @type {number | undefined} */
  let since;
  let rejoining = false;
  /** Events that arrived while the page returned. They may be newer than the answer. @type {[string, any][]} */
  let held = [];
  /** Whether the server has this session, so that it passes signals on. */
  let isJoined = true;
  /** Whether the server may have answered an attempt to return. It then does not say again that signals are lost. */
  let isUnclear = false;
  /** Whether the call connected any two devices. @type {boolean | undefined} */
  let connected;
  /** What the server knows of this device. */
  let reported = { audio: true, video: entry.media === "video", screen: false };
  let reporting = false;
  let closed = false;
  /** Participants who left. Their ids are never used again. */
  const gone = new Set();
  /** @type {Map<() => void, unknown>} */
  const retries = new Map();
  /** @type {unknown} */
  let renewal = null;
  /** @type {Promise<void> | null} */
  let renewing = null;

  const isReady = () => !closed && isJoined && isOnline();
  const isMesh = entry.mode === "mesh";

  /** @returns {RTCConfiguration} */
  const configuration = () => ({ ...connection, iceServers, ...(entry.relayOnly && { iceTransportPolicy: "relay" }) });

  /** @param {CallPeer} peer @param {boolean} isFirst whether this side sends the first offer */
  function add(peer, isFirst) {
    const known = others.get(peer.participantId);
    if (gone.has(peer.participantId)) return;
    if (known) return void (known.peer = peer);
    const link = isMesh ? linkTo(peer) : null;
    others.set(peer.participantId, { peer, link });
    if (isFirst) link?.begin();
    const arrived = early.filter(({ from }) => from === peer.participantId);
    early = early.filter((signal) => !arrived.includes(signal));
    arrived.forEach(pass);
  }

  /** @param {CallPeer} peer */
  function linkTo(peer) {
    return createPeer({
      browser,
      configuration,
      isPolite: index > peer.index,
      tracks: media.tracks,
      request: ({ kind, data }) => request("signalCall", { callId, to: peer.participantId, kind, data }),
      isReady,
      renewServers,
      onConnected,
      onChange: owner.onChange,
    });
  }

  /** @param {string} id */
  function remove(id) {
    gone.add(id);
    others.get(id)?.link?.close();
    others.delete(id);
    early = early.filter(({ from }) => from !== id);
  }

  /** @param {{ from: string, kind: any, data: unknown }} signal */
  function pass(signal) {
    const other = others.get(signal.from);
    if (other) other.link?.receive(signal.kind, signal.data);
    else if (early.length < MAX_EARLY) early.push(signal);
  }

  /** @param {boolean} isConnected */
  function onConnected(isConnected) {
    if (connected === true || connected === isConnected) return;
    connected = isConnected;
    void report();
  }

  /** Reports what this device sends, until the server knows it. */
  async function report() {
    const { audio, video, screen } = media.state();
    const now = { audio, video, screen, ...(connected !== undefined && { connected }) };
    if (reporting || !isReady() || JSON.stringify(now) === JSON.stringify(reported)) return;
    reporting = true;
    const answer = await request("updateCall", { callId, ...now });
    reporting = false;
    if (closed) return;
    if (!answer.success) return refused(answer, report);
    reported = now;
    void report();
  }

  /** @param {import("../contract/chat-events").Failure} answer @param {() => void} again */
  function refused(answer, again) {
    // The server no longer has this page in the call, or has lost the connection meanwhile.
    if (answer.code === "call_not_found") void rejoin();
    else if (answer.retryable) retryLater(again, answer.retryAfterMs);
  }

  /** @param {() => void} work @param {number} [delay] */
  function retryLater(work, delay) {
    browser.clearTimer(retries.get(work));
    retries.set(work, browser.setTimer(work, delay || RETRY));
  }

  /** @param {{ iceServers: import("../contract/chat-events").IceServer[], expiresAt?: string }} grant */
  function grant({ iceServers: servers, expiresAt }) {
    iceServers = servers;
    [renewal, retries.get(renewServers)].forEach(browser.clearTimer);
    if (expiresAt === undefined) return;
    const left = Date.parse(expiresAt) - browser.now() - RENEW;
    renewal = browser.setTimer(renewServers, Math.min(MAX_TIMER, Math.max(RENEW, left)));
  }

  /** Requests current servers, once for all connections that are restarted. */
  function renewServers() {
    renewing ??= requestServers().finally(() => (renewing = null));
    return renewing;
  }

  async function requestServers() {
    const answer = await request("getIceServers", { callId });
    if (closed) return;
    if (answer.success) grant(answer);
    // A return to the call brings current servers.
    else if (isReady()) refused({ ...answer, retryAfterMs: Math.max(RENEW_AGAIN, answer.retryAfterMs ?? 0) }, renewServers);
  }

  /** Returns to the call on a new connection, or requests signals that have not arrived. */
  async function rejoin() {
    if (rejoining || closed || !isOnline()) return;
    rejoining = true;
    browser.clearTimer(retries.get(rejoin));
    const known = [...others.keys()];
    const answer = await request("rejoinCall", { callId, key, after: order.last() });
    rejoining = false;
    if (closed) return;
    if (answer.success) rejoined(answer, known);
    held.splice(0).forEach(([event, payload]) => handlers[event]?.(payload));
    if (answer.success || closed) return;
    if (!answer.retryable) return owner.end("lost");
    isUnclear = true;
    retryLater(rejoin, answer.retryAfterMs);
  }

  /** @param {string} event @param {any} payload */
  function receive(event, payload) {
    if (payload.callId !== callId) return;
    if (!rejoining) handlers[event]?.(payload);
    else if (held.length < MAX_HELD) held.push([event, payload]);
  }

  /** @param {import("../contract/chat-events").RejoinCallResult} answer @param {string[]} known those before the request */
  function rejoined(answer, known) {
    isJoined = true;
    state = answer.state;
    sfu = answer.sfu;
    grant({ iceServers: answer.iceServers, expiresAt: answer.iceExpiresAt });
    const present = answer.peers.map((peer) => peer.participantId);
    known.filter((id) => !present.includes(id)).forEach(remove);
    answer.peers.forEach((peer) => add(peer, false));
    const isLost = answer.lost === true || isUnclear;
    isUnclear = false;
    if (answer.lost) order.lost();
    answer.signals.forEach(order.add);
    others.forEach(({ link }) => link?.resume(isLost));
    void report();
    entered();
  }

  function entered() {
    if (state === "active") since ??= browser.now();
    owner.onChange();
  }

  /** @type {Record<string, (event: any) => void>} */
  const handlers = {
    callAccepted({ callId: own, ...peer }) {
      state = "active";
      add(peer, false);
      entered();
    },
    callUpdated({ callId: own, ...peer }) {
      if (others.has(peer.participantId)) add(peer, false);
      owner.onChange();
    },
    callDeclined({ userId }) {
      declined = [...declined.filter((other) => other !== userId), userId];
      owner.onChange();
    },
    callSignal: (signal) => order.add(signal) && void rejoin(),
    callLeft({ participantId: id, reason }) {
      if (id === participantId) return owner.end(reason);
      remove(id);
      owner.onChange();
    },
    callEnded({ reason, by, durationMs, continues }) {
      // Only the ringing has ended.
      if (continues) return;
      owner.end(reason, { ...(by !== undefined && { by }), ...(durationMs !== undefined && { durationMs }) });
    },
  };

  entry.peers.forEach((peer) => add(peer, peer.index < index));
  grant({ iceServers, expiresAt: entry.iceExpiresAt });
  if (state === "active") since = browser.now();
  void report();

  return {
    callId,
    participantId,
    receive,
    /** There is a new connection to the server. */
    connected() {
      isJoined = false;
      void rejoin();
    },
    /** Events may be lost. */
    check: () => void rejoin(),
    /** The tracks or their state have changed. */
    sync() {
      others.forEach(({ link }) => link?.sync());
      void report();
    },
    /** What is needed to return. */
    place: () => ({ callId, conversationId, key, after: order.last() }),
    /** @returns {Omit<import("./roomcast-calls.d.ts").CurrentCall, "self">} */
    get: () => ({
      callId,
      conversationId,
      media: entry.media,
      status: state,
      isOwn,
      away: !isReady(),
      ...(since !== undefined && { since }),
      rung: entry.rung ?? [],
      declined,
      participants: [...others.values()].sort((a, b) => a.peer.index - b.peer.index).map(shown),
      mode: entry.mode,
      ...(sfu && { sfu }),
    }),
    close() {
      closed = true;
      [...others.keys()].forEach(remove);
      [renewal, ...retries.values()].forEach(browser.clearTimer);
    },
  };
}

/** @returns {CallParticipant} */
function shown(/** @type {{ peer: CallPeer, link: ReturnType<typeof createPeer> | null }} */ { peer, link }) {
  const { stream, screenStream, connection = "connecting" } = /** @type {any} */ (link?.get() ?? {});
  return Object.freeze({
    ...peer,
    away: peer.away === true,
    connection,
    ...(stream && { stream }),
    ...(screenStream && peer.screen && { screenStream }),
  });
}
