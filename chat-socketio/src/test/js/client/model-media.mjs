// A model of WebRTC: connections that negotiate, gather and connect over a network whose paths can break.

const GATHERING = 60;
const CHECKING = 150;
const DISCONNECTED = 5_000;
const FAILED = 15_000;

export class ModelTrack {
  enabled = true;
  readyState = "live";
  onended = null;

  constructor(kind, deviceId) {
    Object.assign(this, { kind, deviceId });
  }

  stop() {
    this.readyState = "ended";
  }

  getSettings() {
    return { deviceId: this.deviceId };
  }
}

export class ModelStream {
  constructor(tracks) {
    this.tracks = [...tracks];
  }

  getTracks = () => [...this.tracks];
  getAudioTracks = () => this.tracks.filter(({ kind }) => kind === "audio");
  getVideoTracks = () => this.tracks.filter(({ kind }) => kind === "video");
}

/** The paths between devices. */
export class ModelNetwork {
  #ids = 0;
  broken = new Set();
  connections = new Map();

  constructor(world) {
    this.world = world;
  }

  newId() {
    return `i${++this.#ids}`;
  }

  isOpen(a, b) {
    return !this.broken.has([a, b].sort().join());
  }

  break(a, b) {
    this.broken.add([a, b].sort().join());
    this.#checkAll();
  }

  heal() {
    this.broken.clear();
    this.#checkAll();
  }

  #checkAll() {
    [...this.connections.values()].forEach((connection) => connection.check());
  }

  get open() {
    return this.connections.size;
  }
}

const invalid = (text) => Object.assign(new Error(text), { name: "InvalidStateError" });

/** What the client uses of an RTCPeerConnection, with the rules of JSEP. */
export class ModelConnection {
  signalingState = "stable";
  connectionState = "new";
  onnegotiationneeded = null;
  onicecandidate = null;
  onconnectionstatechange = null;
  #transceivers = [];
  #descriptions = { currentLocal: null, currentRemote: null, pendingLocal: null, pendingRemote: null };
  #remoteCandidates = new Set();
  #gathered = new Set();
  #isRestarting = false;
  #isNeeded = false;
  #mids = 0;
  /** The ICE credentials that were in use when the connection failed. */
  #failedWith = null;
  #timers = {};

  constructor(network, device, configuration) {
    Object.assign(this, { network, device, configuration, id: network.newId(), world: network.world });
    network.connections.set(this.id, this);
  }

  get currentLocalDescription() {
    return this.#shown(this.#descriptions.currentLocal);
  }

  get currentRemoteDescription() {
    return this.#descriptions.currentRemote;
  }

  get localDescription() {
    return this.#shown(this.#descriptions.pendingLocal ?? this.#descriptions.currentLocal);
  }

  get remoteDescription() {
    return this.#descriptions.pendingRemote ?? this.#descriptions.currentRemote;
  }

  /** A local description with the candidates that are known by now. */
  #shown(description) {
    if (!description) return null;
    const { type, content } = description;
    return { type, sdp: JSON.stringify({ ...content, hasCandidates: this.#gathered.has(content.ufrag) }) };
  }

  addTransceiver(what, { direction }) {
    const track = typeof what === "string" ? null : what;
    const transceiver = this.#transceiver(track?.kind ?? what, direction);
    transceiver.sender.track = track;
    this.#need();
    return transceiver;
  }

  #transceiver(kind, direction, mid = null) {
    const sender = { track: null, replaceTrack: async (track) => void (sender.track = track) };
    const transceiver = { mid, direction, kind, sender, receiver: { track: new ModelTrack(kind) } };
    this.#transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers() {
    return [...this.#transceivers];
  }

  setConfiguration(configuration) {
    this.#assertOpen();
    this.configuration = configuration;
  }

  restartIce() {
    if (!this.#descriptions.currentLocal) return;
    this.#isRestarting = true;
    this.#need();
  }

  #need() {
    this.#isNeeded = true;
    if (this.signalingState === "stable") this.world.after(0, () => this.#isNeeded && this.signalingState === "stable" && this.onnegotiationneeded?.());
  }

  #assertOpen() {
    if (this.signalingState === "closed") throw invalid("closed");
  }

  async #pass() {
    this.#assertOpen();
    await new Promise((resolve) => this.world.after(this.world.upTo(8), resolve));
    this.#assertOpen();
  }

  async setLocalDescription() {
    await this.#pass();
    if (this.signalingState === "have-remote-offer") return this.#answer();
    if (this.signalingState !== "stable") throw invalid(this.signalingState);
    for (const transceiver of this.#transceivers) transceiver.mid ??= `${this.#mids++}`;
    const before = this.#descriptions.currentLocal;
    const ufrag = before && !this.#isRestarting ? before.content.ufrag : this.network.newId();
    this.#descriptions.pendingLocal = { type: "offer", content: this.#content(ufrag) };
    this.#isNeeded = false;
    this.signalingState = "have-local-offer";
    this.#gather(ufrag);
  }

  #answer() {
    const { pendingRemote, currentRemote, currentLocal } = this.#descriptions;
    const isRestart = currentRemote?.content.ufrag !== pendingRemote.content.ufrag;
    const ufrag = currentLocal && !isRestart ? currentLocal.content.ufrag : this.network.newId();
    this.#descriptions = { currentLocal: { type: "answer", content: this.#content(ufrag) }, currentRemote: pendingRemote, pendingLocal: null, pendingRemote: null };
    if (isRestart) this.#isRestarting = false;
    this.#isNeeded = this.#isRestarting || this.#transceivers.some(({ mid }) => mid === null);
    this.#settle();
    this.#gather(ufrag);
  }

  #content(ufrag) {
    const media = this.#transceivers.map(({ mid, kind, direction }) => ({ mid, kind, direction }));
    return { id: this.id, ufrag, media };
  }

  async setRemoteDescription({ type, sdp }) {
    await this.#pass();
    const description = { type, sdp, content: JSON.parse(sdp) };
    if (description.content.hasCandidates) this.#remoteCandidates.add(description.content.ufrag);
    if (type === "answer") this.#answered(description);
    else this.#offered(description);
    this.check();
  }

  #offered(description) {
    if (this.signalingState === "have-local-offer") this.#rollBack();
    for (const { mid, kind } of description.content.media) {
      if (!this.#transceivers.some((transceiver) => transceiver.mid === mid)) this.#transceiver(kind, "recvonly", mid);
    }
    this.#mids = Math.max(this.#mids, description.content.media.length);
    this.#descriptions.pendingRemote = description;
    this.signalingState = "have-remote-offer";
  }

  #rollBack() {
    const kept = new Set(this.#descriptions.currentLocal?.content.media.map(({ mid }) => mid));
    for (const transceiver of this.#transceivers) if (!kept.has(transceiver.mid)) transceiver.mid = null;
    this.#descriptions.pendingLocal = null;
    this.#isNeeded = true;
  }

  #answered(description) {
    if (this.signalingState !== "have-local-offer") throw invalid(this.signalingState);
    const { media } = this.#descriptions.pendingLocal.content;
    if (JSON.stringify(media.map(({ mid }) => mid)) !== JSON.stringify(description.content.media.map(({ mid }) => mid))) throw invalid("another offer's answer");
    const before = this.#descriptions.currentLocal?.content.ufrag;
    this.#descriptions = { currentLocal: this.#descriptions.pendingLocal, currentRemote: description, pendingLocal: null, pendingRemote: null };
    if (before !== this.#descriptions.currentLocal.content.ufrag) this.#isRestarting = false;
    this.#settle();
  }

  #settle() {
    this.signalingState = "stable";
    if (this.#isNeeded) this.#need();
    this.check();
  }

  #gather(ufrag) {
    if (this.#gathered.has(ufrag)) return;
    const found = (candidate) => {
      if (this.signalingState === "closed") return;
      this.#gathered.add(ufrag);
      this.onicecandidate?.({ candidate });
    };
    for (let i = 0; i < 3; i++) {
      const json = { candidate: `candidate:${i} ${ufrag}`, usernameFragment: ufrag };
      this.world.after(this.world.upTo(GATHERING), () => found({ ...json, toJSON: () => json }));
    }
    this.world.after(GATHERING + 1, () => found(null));
  }

  async addIceCandidate({ usernameFragment }) {
    await this.#pass();
    const { pendingRemote, currentRemote } = this.#descriptions;
    if (![pendingRemote, currentRemote].some((description) => description?.content.ufrag === usernameFragment)) throw invalid("unknown ufrag");
    this.#remoteCandidates.add(usernameFragment);
    this.check();
  }

  get #credentials() {
    const { currentLocal, currentRemote } = this.#descriptions;
    return currentLocal && `${currentLocal.content.ufrag} ${currentRemote.content.ufrag}`;
  }

  /** Returns the other connection if both can connect. */
  partner() {
    const { currentRemote } = this.#descriptions;
    const other = currentRemote && this.network.connections.get(currentRemote.content.id);
    return other && this.#fits(other) && other.#fits(this) && this.network.isOpen(this.device, other.device) ? other : null;
  }

  #fits(other) {
    const { currentLocal, currentRemote } = this.#descriptions;
    const remote = other.#descriptions.currentLocal;
    if (!currentLocal || !remote) return false;
    const isSame = currentRemote.content.id === other.id && currentRemote.content.ufrag === remote.content.ufrag;
    return isSame && this.#remoteCandidates.has(remote.content.ufrag) && this.#credentials !== this.#failedWith;
  }

  /** Connects, or fails after a while. */
  check() {
    if (this.signalingState === "closed" || !this.#descriptions.currentLocal) return;
    const partner = this.partner();
    if (partner) {
      this.#cancel();
      if (this.connectionState !== "connected") this.#later("connect", CHECKING, () => this.partner() && this.#enter("connected"));
      partner.#heard();
    } else if (this.connectionState === "connected" || this.connectionState === "disconnected") {
      this.#later("interrupt", DISCONNECTED, () => this.#interrupted());
    } else if (this.connectionState !== "failed" || this.#credentials !== this.#failedWith) {
      this.#enter("connecting");
      this.#later("fail", DISCONNECTED + FAILED, () => this.#fail());
    }
  }

  #heard() {
    if (this.connectionState !== "connected" && !this.#timers.connect) this.check();
  }

  #interrupted() {
    if (this.partner()) return;
    this.#enter("disconnected");
    this.#later("fail", FAILED, () => this.#fail());
  }

  #fail() {
    if (this.partner()) return;
    this.#failedWith = this.#credentials;
    this.#enter("failed");
  }

  #later(name, delay, work) {
    if (this.#timers[name]) return;
    this.#timers[name] = this.world.after(delay, () => {
      this.#timers[name] = null;
      if (this.signalingState !== "closed") work();
    });
  }

  #cancel() {
    for (const name of ["interrupt", "fail"]) {
      this.world.cancel(this.#timers[name]);
      this.#timers[name] = null;
    }
  }

  #enter(state) {
    if (this.connectionState === state) return;
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close() {
    Object.values(this.#timers).forEach((timer) => this.world.cancel(timer));
    this.signalingState = "closed";
    this.connectionState = "closed";
    this.network.connections.delete(this.id);
    this.network.connections.forEach((connection) => connection.check());
  }
}

/** What calls use of the browser of one tab. */
export class ModelCallBrowser {
  isSupported = true;
  opened = [];
  refusals = {};
  /** What a reload keeps. */
  kept = {};
  listed = [];
  #listeners = new Set();

  constructor(network, device) {
    Object.assign(this, { network, device, world: network.world });
  }

  connection = (configuration) => new ModelConnection(this.network, this.device, configuration);
  stream = (tracks) => new ModelStream(tracks);
  setTimer = (work, delay) => this.world.after(delay, work);
  clearTimer = (timer) => this.world.cancel(timer);
  now = () => this.world.now;
  load = (key) => JSON.parse(this.kept[key] ?? "null");
  save = (key, value) => void (this.kept[key] = JSON.stringify(value));
  devices = async () => this.listed;

  onDevices(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners() {
    return this.#listeners.size;
  }

  async open(constraints) {
    await new Promise((resolve) => this.world.after(this.world.upTo(50), resolve));
    for (const kind of Object.keys(constraints)) {
      const { [kind]: name } = this.refusals;
      const { deviceId } = constraints[kind];
      if (name) throw Object.assign(new Error(name), { name });
      if (deviceId && !this.listed.some((device) => device.deviceId === deviceId.exact)) throw Object.assign(new Error(), { name: "OverconstrainedError" });
    }
    return this.#take(Object.keys(constraints).map((kind) => new ModelTrack(kind, constraints[kind].deviceId?.exact ?? `default ${kind}`)));
  }

  async openScreen() {
    const { screen: name } = this.refusals;
    if (name) throw Object.assign(new Error(name), { name });
    return this.#take([new ModelTrack("video", "screen")]);
  }

  #take(tracks) {
    this.opened.push(...tracks);
    return new ModelStream(tracks);
  }

  /** The tracks that are open. */
  get live() {
    return this.opened.filter(({ readyState }) => readyState === "live");
  }
}
