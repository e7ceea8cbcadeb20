// usage: node client/live-schedules.mjs <url of the control> <client-4> [<number> [<first seed>]]
//
// Random schedules against a real server: two tabs with one outbox, another user, and changes by a third one. Their
// connections are cut after any byte and delayed, and the server restarts, also with a new epoch. The control starts and
// stops the server. In the end each client has what the server has, and everything that was sent is stored once.
import assert from "node:assert/strict";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { surroundings } from "../../../main/resources/io/roomcast/chat/socketio/client/environment.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { course } from "../harness.mjs";
import { FaultProxy } from "./fault-proxy.mjs";
import { ModelBrowser } from "./model-client.mjs";
import { Tab, assertComplete } from "./tab.mjs";
import { World } from "./world.mjs";

const AT_ONCE = 100;
const STEPS = 30;
const MOST_PAUSE = 60;
/** The client's delays between attempts are shorter, so that they do not fill the test. Its timeouts are not. */
const FASTER = 10;
const LONGEST_DELAY = 5_000;
const DEADLINE = 170_000;
const MOST_WAIT = 60_000;
const CAROL = "carol";

const [control, , count = "300", first = "1"] = process.argv.slice(2);

/** A world in real time: its seed decides what happens, but not exactly when. */
class LiveWorld extends World {
  after(delay, work) {
    return setTimeout(work, delay);
  }

  cancel(timer) {
    clearTimeout(timer);
  }

  wait(delay) {
    return new Promise((resolve) => setTimeout(resolve, delay));
  }
}

/** The server behind the proxies. */
class Server {
  /** The addresses of servers with the messages of earlier epochs. */
  former = [];

  async command(name) {
    const response = await fetch(`${control}/${name}`, { method: "POST" });
    const answer = await response.json();
    assert.equal(response.status, 200, JSON.stringify(answer));
    const { former, ...state } = answer;
    if (former) this.former.push(former);
    return Object.assign(this, state);
  }
}

class Schedule {
  /** @param other the client of the third user */
  constructor(seed, io, server, other) {
    Object.assign(this, { seed, io, server, other, world: new LiveWorld(seed), roomId: `room-${seed}` });
  }

  async play() {
    const { world, seed } = this;
    this.proxy = await FaultProxy.start(world, () => this.server.port);
    const browser = new ModelBrowser(world);
    const storage = inMemory();
    this.tabs = [
      this.#openTab(`alice-${seed}`, browser, storage),
      this.#openTab(`alice-${seed}`, browser, storage),
      this.#openTab(`bob-${seed}`, new ModelBrowser(world), inMemory()),
    ];
    for (let step = 0; step < STEPS; step++) {
      await this.#happen(step);
      await world.wait(world.upTo(MOST_PAUSE));
    }
  }

  #openTab(user, browser, storage) {
    const transports = this.world.pick([["websocket"], ["websocket"], ["polling", "websocket"], ["polling"]]);
    const options = {
      url: this.proxy.url,
      io: (url, more) => this.io(url, { ...more, transports }),
      token: () => `token-of-${user}`,
      user,
      storage,
      keep: 100,
    };
    return new Tab(user, this.roomId, () => createChat(options, environmentOf(browser)));
  }

  async #happen(step) {
    const { world, proxy } = this;
    const tab = world.pick(this.tabs);
    const actions = [
      [30, () => tab.send(`text ${step}`)],
      [14, () => this.#post(`other ${step}`)],
      [2, () => Promise.all(Array.from({ length: 30 }, (_, i) => this.#post(`many ${step} ${i}`)))],
      [12, () => this.#changeAsOther(step)],
      [8, () => changeOwn(tab, world, step)],
      [8, () => proxy.cut()],
      [3, () => tab.reload()],
      [4, () => void tab.room.loadOlder()],
      [2, () => void tab.room.loadNewer()],
      [1, () => tab.room.loadLatest()],
      [3, () => this.#find(tab)],
      [3, () => tab.room.markRead()],
      [3, () => tab.room.typing()],
    ];
    let place = world.upTo(actions.reduce((sum, [weight]) => sum + weight, 0) - 1);
    await actions.find(([weight]) => (place -= weight) < 0)[1]();
  }

  /** Carol edits or deletes an own message, or reacts to any. */
  async #changeAsOther(step) {
    const answer = await this.#askAsOther("getMessages", { limit: 100 });
    if (!answer.success) return;
    const kind = this.world.pick(["edit", "delete", "react"]);
    const own = answer.messages.filter(({ senderId, deletedAt }) => senderId === CAROL && !deletedAt);
    const message = this.world.pick(kind === "react" ? answer.messages : own);
    if (!message) return;
    const messageId = message.id;
    if (kind === "edit") await this.#askAsOther("editMessage", { messageId, content: `edited ${step}` });
    if (kind === "delete") await this.#askAsOther("deleteMessage", { messageId });
    if (kind === "react") await this.#askAsOther("addReaction", { messageId, key: "+" });
  }

  /** Goes to a message that another user knows, and loads another one by its id. */
  async #find(tab) {
    const answer = await this.#askAsOther("getMessages", { limit: 100 });
    if (!answer.success || answer.messages.length === 0) return;
    void tab.room.goTo(this.world.pick(answer.messages).id);
    void tab.room.loadMessage(this.world.pick(answer.messages).id);
  }

  #post(content) {
    return this.#askAsOther("sendMessage", { content });
  }

  /** Requests something as another user, past the proxy. While the server is away, nothing happens. */
  async #askAsOther(event, payload) {
    const answer = await this.other.request(event, { conversationId: this.roomId, ...payload });
    const isExpected = answer.success || answer.retryable || ["message_not_found", "conflict"].includes(answer.code);
    assert.ok(isExpected, `${event}: ${JSON.stringify(answer)}`);
    return answer;
  }

  heal() {
    this.proxy.isFaulty = false;
  }

  /** Waits until all tabs have what the server has. Fails with the difference if this takes too long. */
  async complete() {
    const until = performance.now() + MOST_WAIT;
    for (;;) {
      try {
        return assertComplete(await this.messages(this.server.url), await this.#formerKeys(), this.tabs);
      } catch (difference) {
        if (performance.now() > until || this.tabs.some(({ failure }) => failure)) {
          console.error(`seed ${this.seed}: ${JSON.stringify(this.tabs.map(stateOf))}`);
          throw difference;
        }
      }
      await this.world.wait(40);
    }
  }

  async #formerKeys() {
    const pages = await Promise.all(this.server.former.map((url) => this.messages(url)));
    return new Set(pages.flat().map(({ clientMessageId }) => clientMessageId));
  }

  /** Returns all messages of the room. */
  async messages(url) {
    const all = [];
    for (let hasMore = true; hasMore; ) {
      const before = all.length > 0 ? `&before=${all[0].seq}` : "";
      const response = await fetch(`${url}/api/conversations/${this.roomId}/messages?limit=100${before}`, {
        headers: { Authorization: `Bearer token-of-${CAROL}` },
      });
      const page = await response.json();
      assert.equal(page.success, true, JSON.stringify(page));
      all.unshift(...page.messages);
      hasMore = page.hasMore;
    }
    return all;
  }

  close() {
    this.tabs.forEach(({ chat }) => chat.close());
    setTimeout(() => this.proxy.close(), 1_000);
  }
}

/** Returns what a report of a failure needs of a tab. */
function stateOf({ user, chat, room }) {
  const { messages, ...rest } = room.getSnapshot();
  const seqs = messages.map(({ seq, content }) => seq ?? content).slice(-8);
  return { user, connection: chat.getSnapshot().status, status: rest.status, latestSeq: rest.latestSeq, online: rest.online, seqs };
}

/** Requests a change of a message of the user, which may fail. */
function changeOwn({ room, user }, world, step) {
  const own = room.getSnapshot().messages.filter(({ senderId, status }) => senderId === user && !status);
  if (own.length === 0) return;
  const { id } = world.pick(own);
  const change = world.pick([() => room.edit(id, `edited ${step}`), () => room.remove(id), () => room.react(id, "+", step % 2 === 0)]);
  void change();
}

function environmentOf(browser) {
  const environment = surroundings();
  return {
    ...environment,
    setTimer: (work, delay) => environment.setTimer(work, delay > LONGEST_DELAY ? delay : delay / FASTER),
    exclusively: (name, work) => browser.exclusively(name, work),
    channel: (name, listener) => browser.channel(name, listener),
  };
}

/** Plays schedules side by side, while the server restarts at random times. */
async function playTogether(seeds, io, server) {
  const world = new LiveWorld(seeds[0]);
  const carol = createChat({ url: server.url, io, token: () => `token-of-${CAROL}` }, environmentOf(new ModelBrowser(world)));
  const schedules = seeds.map((seed) => new Schedule(seed, io, server, carol));
  try {
    const played = Promise.all(schedules.map((schedule) => schedule.play()));
    for (const command of [world.pick(["restart", "stop"]), world.pick(["epoch", "restart"])]) {
      await world.wait(200 + world.upTo(400));
      await server.command(command);
    }
    await played;
    schedules.forEach((schedule) => schedule.heal());
    await Promise.all(schedules.map((schedule) => schedule.complete()));
  } finally {
    [carol, ...schedules].forEach((each) => each.close());
  }
  await ended(server);
}

/** Waits until no closed client is connected. A server notices the end of a client that polls only later. */
async function ended(server) {
  const until = performance.now() + MOST_WAIT;
  for (let webSockets = -1; webSockets !== 0; ) {
    ({ webSockets } = await server.command("state"));
    assert.ok(performance.now() < until, `${webSockets} connections of closed clients`);
  }
}

await course(async ({ io }) => {
  const server = new Server();
  await server.command("state");
  const seeds = Array.from({ length: Number(count) }, (_, i) => Number(first) + i);
  while (seeds.length > 0) {
    const begin = performance.now();
    const together = seeds.splice(0, AT_ONCE);
    await playTogether(together, io, server);
    const milliseconds = Math.round(performance.now() - begin);
    console.log(JSON.stringify({ client: "schedules", event: "complete", data: { count: together.length, milliseconds } }));
  }
}, DEADLINE);
