const RECEIVED = new Set(["session", "syncRequired", "serverDraining"]);
/** The longest time until a client notices that its connection is dead. */
const HEARTBEAT = 45_000;

/** A connection of a client to the model server. Each direction keeps its order, and each packet takes a while. */
class Link {
  joined = new Set();
  #isOpen = true;
  #up = 0;
  #down = 0;

  constructor(world, server, socket, user) {
    Object.assign(this, { world, server, socket, user });
    server.links.add(this);
    const who = server.isAnonymous ? {} : { userId: user };
    const { epoch, supports } = server;
    const limits = { typingIntervalMs: 2_000, ...server.limits };
    const serverTime = new Date(world.now + server.ahead).toISOString();
    this.tell("session", { ...server.session, sessionId: "s", ...who, epoch, supports, serverTime, resumed: false, limits });
  }

  /** Sends an event, or drops it and says so, as for a slow client. */
  tell(event, payload) {
    if (this.server.isFaulty && !RECEIVED.has(event) && this.world.chance(0.02)) {
      this.tell("syncRequired", { conversationId: payload.conversationId, reason: "slow_client" });
      return;
    }
    const isBatched = event === "receiveMessage" && this.world.chance(0.2);
    const packet = isBatched ? ["messagesBatch", [payload]] : [event, payload];
    this.#travel("#down", () => this.socket.receive(...packet));
  }

  request(event, payload, acknowledge) {
    this.#travel("#up", () => {
      const answer = this.server.fault() ?? this.server.answer(this, event, payload);
      // The answer may be overtaken by events that follow it.
      this.world.after(this.world.upTo(30), () => this.#travel("#down", () => acknowledge?.(answer)));
    });
  }

  #travel(direction, arrive) {
    const at = Math.max(this.world.now + this.world.upTo(40), direction === "#up" ? this.#up : this.#down);
    if (direction === "#up") this.#up = at;
    else this.#down = at;
    this.world.after(at - this.world.now, () => this.#isOpen && arrive());
  }

  /** Loses everything from now on. The client notices it by the next ping, unless it finds out itself. */
  freeze() {
    this.#isOpen = false;
    this.server.links.delete(this);
    this.world.after(HEARTBEAT, () => this.socket.lost(this));
  }

  cut() {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.server.links.delete(this);
    this.world.after(this.world.upTo(20), () => this.socket.lost(this));
  }
}

/** What the client needs of a socket of socket.io-client. */
export class ModelSocket {
  #listeners = new Map();
  #link = null;
  #attempt = null;
  #waiting = new Set();
  connected = false;

  constructor(world, server, user) {
    Object.assign(this, { world, server, user });
  }

  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  off(event, listener) {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.set(event, this.#listeners.get(event).filter((other) => other !== listener));
  }

  receive(event, ...values) {
    (this.#listeners.get(event) ?? []).forEach((listener) => listener(...values));
  }

  connect() {
    this.#attempt = this.world.after(this.world.upTo(30), () => {
      if (this.connected) return;
      if (!this.server.isUp) return this.receive("connect_error", new Error("websocket error"));
      this.#link = new Link(this.world, this.server, this, this.user);
      this.connected = true;
      this.receive("connect");
    });
  }

  disconnect() {
    this.world.cancel(this.#attempt);
    const link = this.#link;
    if (!link) return;
    link.cut();
    this.lost(link);
  }

  lost(link) {
    if (this.#link !== link) return;
    this.#link = null;
    this.connected = false;
    this.#waiting.forEach((end) => end(new Error("socket has been disconnected")));
    this.receive("disconnect", "transport close");
  }

  emit(event, payload, acknowledge) {
    this.#link?.request(event, payload, acknowledge);
  }

  timeout(delay) {
    return {
      emit: (event, payload, listener) => {
        const end = (error, answer) => {
          if (!this.#waiting.delete(end)) return;
          this.world.cancel(timer);
          listener(error, answer);
        };
        const timer = this.world.after(delay, () => end(new Error("operation has timed out")));
        this.#waiting.add(end);
        this.emit(event, payload, (answer) => end(null, answer));
      },
    };
  }
}

/** The surroundings of one tab. The tabs of a browser share its locks and channels. */
export function surroundingsOf(world, server, browser, user) {
  const listeners = new Set();
  return {
    /** Lets an event of the window or the document happen. */
    fire: (event) => listeners.forEach(([name, listener]) => name === event && listener({})),
    setTimer: (work, delay) => world.after(delay, work),
    clearTimer: (timer) => world.cancel(timer),
    now: () => world.now,
    random: () => world.random(),
    newId: () => `key-${world.upTo(2 ** 31)}-${world.upTo(2 ** 31)}`,
    fetch: (url, init) => fetchFrom(world, server, user, url, init),
    base: () => undefined,
    isOnline: () => true,
    isVisible: () => true,
    listen(event, listener) {
      const own = [event, listener];
      listeners.add(own);
      return () => listeners.delete(own);
    },
    exclusively: (name, work) => browser.exclusively(name, work),
    channel: (name, listener) => browser.channel(name, listener),
  };
}

function fetchFrom(world, server, user, url, { body, headers }) {
  return new Promise((resolve, reject) => {
    world.after(world.upTo(40), () => {
      if (!server.isUp) return reject(new Error("refused"));
      const answer = server.fault() ?? posted(server, user, url, JSON.parse(body), headers["Idempotency-Key"]);
      const isLost = server.isFaulty && world.chance(0.2);
      world.after(world.upTo(40), () => (isLost ? reject(new Error("reset")) : resolve({ json: async () => answer })));
    });
  });
}

function posted(server, user, url, body, clientMessageId) {
  const [kind, id, name] = url.split("/api/")[1].split("/").map(decodeURIComponent);
  return kind === "events" ? server.answer({ user }, id, body) : name && server.send(id, user, { ...body, clientMessageId });
}

/** A browser: what its tabs share. */
export class ModelBrowser {
  #locks = new Map();
  #channels = new Set();

  constructor(world) {
    this.world = world;
  }

  async exclusively(name, work) {
    const before = this.#locks.get(name) ?? Promise.resolve();
    const own = before.then(work);
    this.#locks.set(name, own.catch(() => {}));
    return own;
  }

  channel(name, listener) {
    const own = { name, listener };
    this.#channels.add(own);
    const others = () => [...this.#channels].filter((other) => other !== own && other.name === name);
    return {
      post: (message) => this.world.after(this.world.upTo(10), () => others().forEach((other) => other.listener(message))),
      close: () => void this.#channels.delete(own),
    };
  }
}
