// A model of the server's part in calls, in one object.
import { callsOf } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-calls.js";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelCallBrowser, ModelNetwork } from "./model-media.mjs";
import { ModelServer, failure } from "./model-server.mjs";

const RING = 45_000;
const AWAY = 30_000;
const ALONE = 60_000;
const KEPT = 128;
const NOT_FOUND = failure("call_not_found", false);

/** A server with calls. Conversations are direct with two members, and groups with more. */
export class ModelCallServer extends ModelServer {
  supports = ["users", "calls"];
  calls = new Map();
  ended = [];
  members = {};
  mostCalls = 0;
  iceServers = [];
  relayOnly = false;
  sfu = null;
  requests = [];
  #ids = 0;

  constructor(world) {
    super(world);
    this.world = world;
    this.isFaulty = false;
  }

  #find = (callId) => [...this.calls.values()].find((call) => call.callId === callId);
  #device = (call, link) => [...call.participants.values()].find((one) => one.link === link);

  answer(link, event, payload) {
    this.requests.push([event, payload]);
    return super.answer(link, event, payload);
  }

  /** Sends an event to those of the links that are open. */
  #tell(links, event, payload) {
    for (const link of links) if (link && this.links.has(link)) link.tell(event, payload);
  }

  #of = (userIds) => [...this.links].filter(({ user }) => userIds.includes(user));
  #others = (call, participant) => [...call.participants.values()].filter((one) => one !== participant).map(({ link }) => link);
  #peer = ({ participantId, index, userId, audio, video, screen, away }) => ({ participantId, index, userId, audio, video, screen, ...(away && { away }) });

  #entry(call, participant) {
    const { callId, conversationId, media } = call;
    const { participantId, index, key } = participant;
    const peers = [...call.participants.values()].filter((one) => one !== participant).map(this.#peer);
    const { iceServers } = this;
    const more = { ...(this.relayOnly && { relayOnly: true }), ...(this.sfu && { sfu: this.sfu }) };
    const state = call.isActive ? "active" : "ringing";
    return { success: true, callId, conversationId, media, mode: this.sfu ? "sfu" : "mesh", state, participantId, index, key, peers, iceServers, ...more };
  }

  #newId = (kind) => `${kind}${++this.#ids}`;

  #join(call, link, replaced) {
    const { user: userId } = link;
    const own = replaced ?? this.#device(call, link) ?? [...call.participants.values()].find((one) => one.userId === userId);
    if (own && own !== replaced && own.link !== link && !own.away) return failure("answered_elsewhere", false);
    if (own) this.#remove(call, own, "replaced");
    if (call.participants.size >= 8) return failure("call_full", false);
    const participantId = this.#newId("p");
    const state = { audio: true, video: call.media === "video", screen: false, away: false };
    const participant = { participantId, index: call.next++, userId, key: this.#newId("k"), link, known: true, n: 0, kept: [], ...state };
    call.participants.set(participantId, participant);
    call.isActive ||= call.participants.size > 1;
    if (call.rings.delete(userId)) this.#tell(this.#of([userId]).filter((other) => other !== link), "callEnded", this.#end(call, "answeredElsewhere", { continues: true }));
    this.#tell(this.#others(call, participant), "callAccepted", { callId: call.callId, ...this.#peer(participant) });
    this.#checkAlone(call);
    return this.#entry(call, participant);
  }

  #end = ({ callId, conversationId }, reason, more) => ({ callId, conversationId, reason, ...more });

  on_startCall(link, { id: conversationId }, { media }) {
    const existing = this.calls.get(conversationId);
    if (existing) {
      const entry = this.#join(existing, link);
      return entry.success ? { ...entry, joined: true, rung: [] } : entry;
    }
    const invited = this.members[conversationId].filter((user) => user !== link.user);
    const busy = invited.filter((user) => [...this.calls.values()].some(({ participants }) => [...participants.values()].some((one) => one.userId === user)));
    const isDirect = invited.length === 1;
    if (isDirect && busy.length > 0) return failure("busy", false);
    const rings = new Set(invited.filter((user) => !busy.includes(user)));
    const call = { callId: this.#newId("c"), conversationId, media, from: link.user, isDirect, isActive: !isDirect, participants: new Map(), next: 1, rings, until: this.world.now + RING };
    this.calls.set(conversationId, call);
    this.mostCalls = Math.max(this.mostCalls, this.calls.size);
    const entry = this.#join(call, link);
    call.timer = this.world.after(RING, () => this.#unanswered(call));
    this.#tell(this.#of([...rings]), "incomingCall", this.#incoming(call));
    return { ...entry, rung: [...new Set(this.#of([...rings]).map(({ user }) => user))] };
  }

  #incoming(call) {
    const { callId, conversationId, from, media, until } = call;
    const peers = [...call.participants.values()].map(this.#peer);
    return { callId, conversationId, from, media, peers, ringMs: until - this.world.now, expiresAt: new Date(until).toISOString() };
  }

  #unanswered(call) {
    if (!call.isActive) return this.#finish(call, "missed");
    const users = [...call.rings];
    call.rings.clear();
    this.#tell(this.#of(users), "callEnded", this.#end(call, "missed", { continues: true }));
  }

  on_acceptCall(link, room, { callId }) {
    const call = this.#find(callId);
    return call && this.members[call.conversationId].includes(link.user) ? this.#join(call, link) : NOT_FOUND;
  }

  on_declineCall(link, room, { callId }) {
    const call = this.#find(callId);
    if (!call?.rings.delete(link.user)) return NOT_FOUND;
    this.#tell([...call.participants.values()].map((one) => one.link), "callDeclined", { callId, userId: link.user });
    if (call.isDirect) this.#finish(call, "declined", { by: link.user }, [link.user]);
    else this.#tell(this.#of([link.user]), "callEnded", this.#end(call, "declinedElsewhere", { continues: true }));
    return { success: true };
  }

  on_signalCall(link, room, { callId, to, kind, data }) {
    const call = this.#find(callId);
    const from = call && this.#device(call, link);
    const receiver = call?.participants.get(to);
    if (!from || !receiver) return NOT_FOUND;
    // A killed server no longer knows its devices, until they return.
    if (!receiver.known) return { success: true };
    const signal = { n: ++receiver.n, from: from.participantId, kind, data };
    receiver.kept = [...receiver.kept, signal].slice(-KEPT);
    const isLost = this.loses && this.world.chance(this.loses);
    if (!receiver.away && !isLost) this.#tell([receiver.link], "callSignal", { callId, ...signal });
    return { success: true };
  }

  on_updateCall(link, room, { callId, connected, ...state }) {
    const call = this.#find(callId);
    const participant = call && this.#device(call, link);
    if (!participant) return NOT_FOUND;
    Object.assign(participant, state);
    call.connected ||= connected === true;
    this.#tell(this.#others(call, participant), "callUpdated", { callId, ...this.#peer(participant) });
    return { success: true };
  }

  on_rejoinCall(link, room, { callId, key, after = 0, fresh }) {
    const call = this.#find(callId);
    const participant = call && [...call.participants.values()].find((one) => one.key === key && one.userId === link.user);
    if (!participant) return NOT_FOUND;
    if (fresh) return { ...this.#join(call, link, participant), signals: [] };
    const first = participant.kept[0]?.n ?? participant.n + 1;
    const lost = !participant.known || after < first - 1 || after > participant.n;
    if (lost) Object.assign(participant, { known: true, n: after, kept: [] });
    this.#return(call, participant, link);
    return { ...this.#entry(call, participant), signals: participant.kept.filter(({ n }) => n > after), ...(lost && { lost }) };
  }

  #return(call, participant, link) {
    this.world.cancel(participant.timer);
    participant.link = link;
    if (!participant.away) return;
    participant.away = false;
    this.#tell(this.#others(call, participant), "callUpdated", { callId: call.callId, ...this.#peer(participant) });
  }

  on_endCall(link, room, { callId, forAll }) {
    const call = this.#find(callId);
    const participant = call && this.#device(call, link);
    if (!participant) return NOT_FOUND;
    if (forAll) this.#finish(call, "completed", { by: link.user });
    else this.#leave(call, participant, "left");
    return { success: true };
  }

  on_getIceServers(link, room, { callId }) {
    const call = this.#find(callId);
    return call && this.#device(call, link) ? { success: true, iceServers: [...this.iceServers] } : NOT_FOUND;
  }

  #remove(call, participant, reason) {
    this.world.cancel(participant.timer);
    call.participants.delete(participant.participantId);
    const { participantId, userId, link } = participant;
    const event = { callId: call.callId, participantId, userId, reason };
    this.#tell([...this.#others(call, participant), ...(reason === "left" ? [] : [link])], "callLeft", event);
  }

  #leave(call, participant, reason) {
    this.#remove(call, participant, reason);
    if (!call.isDirect && call.participants.size > 0) return this.#checkAlone(call);
    this.#finish(call, reason === "lost" ? "lost" : call.isActive ? "completed" : "cancelled", { by: participant.userId });
  }

  #checkAlone(call) {
    this.world.cancel(call.alone);
    if (!call.isDirect && call.participants.size === 1) call.alone = this.world.after(ALONE, () => this.#finish(call, "completed"));
  }

  #finish(call, reason, more, users = []) {
    [call.timer, call.alone, ...[...call.participants.values()].map(({ timer }) => timer)].forEach((timer) => this.world.cancel(timer));
    this.calls.delete(call.conversationId);
    this.ended.push({ callId: call.callId, reason });
    const links = new Set([...[...call.participants.values()].map(({ link }) => link), ...this.#of([...call.rings, ...users])]);
    this.#tell(links, "callEnded", this.#end(call, reason, more));
  }

  /** The server notices that connections have closed, and lets new ones ring. */
  watch(link) {
    for (const call of this.calls.values()) {
      if (call.rings.has(link.user)) this.#tell([link], "incomingCall", this.#incoming(call));
    }
  }

  closed(link) {
    for (const call of this.calls.values()) {
      const participant = this.#device(call, link);
      if (participant && !participant.away) this.#away(call, participant);
    }
  }

  #away(call, participant) {
    participant.away = true;
    participant.timer = this.world.after(AWAY, () => this.#leave(call, participant, "lost"));
    this.#tell(this.#others(call, participant), "callUpdated", { callId: call.callId, ...this.#peer(participant) });
  }

  /** The process is replaced: the store has the calls, but the signals and the devices are gone. */
  restart(delay) {
    for (const call of this.calls.values()) call.participants.forEach((one) => (one.known = false));
    this.isUp = false;
    this.cutAll();
    this.world.after(delay, () => (this.isUp = true));
  }

  /** The open calls, by conversation. */
  get running() {
    return [...this.calls.values()];
  }
}

/** The connections that the server knows. It notices one that was cut after a while. */
export class KnownLinks extends Set {
  constructor(server) {
    super();
    this.server = server;
  }

  add(link) {
    super.add(link);
    this.server.world.after(0, () => super.has(link) && this.server.watch(link));
    return this;
  }

  delete(link) {
    const was = super.delete(link);
    if (was) this.server.world.after(this.server.world.upTo(200), () => this.server.closed(link));
    return was;
  }
}

export function callWorld(world) {
  const server = new ModelCallServer(world);
  server.links = new KnownLinks(server);
  return { world, server, network: new ModelNetwork(world) };
}

/** A tab of a user with the client and its calls. */
export class CallTab {
  constructor(stage, user, name = user) {
    Object.assign(this, { stage, user, name });
    this.browser = new ModelCallBrowser(stage.network, name);
    this.open();
  }

  open(options = {}) {
    const { world, server } = this.stage;
    const { user } = this;
    this.surroundings = surroundingsOf(world, server, new ModelBrowser(world), user);
    this.chat = createChat({ url: "http://server/", io: () => (this.socket = new ModelSocket(world, server, user)), user, storage: inMemory() }, this.surroundings);
    this.calls = callsOf(this.chat, options, this.browser);
  }

  get state() {
    return this.calls.getSnapshot();
  }

  get call() {
    return this.state.call;
  }

  /** The page goes away without a word, and comes back. */
  reload(options) {
    const { kept } = this.browser;
    const before = { ...kept };
    // What the page had opened ends with it. It sends nothing.
    this.cut();
    this.chat.close();
    [...this.stage.network.connections.values()].filter(({ device }) => device === this.name).forEach((connection) => connection.close());
    Object.assign(kept, before);
    this.open(options);
  }

  cut() {
    [...this.stage.server.links].filter(({ socket }) => socket === this.socket).forEach((link) => link.cut());
  }

  freeze() {
    [...this.stage.server.links].filter(({ socket }) => socket === this.socket).forEach((link) => link.freeze());
  }
}
