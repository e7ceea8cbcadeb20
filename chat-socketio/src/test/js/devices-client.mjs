// usage: node devices-client.mjs <url> <client-4> <transports> <url of another node> <first seed> <seeds>
//
// For each seed a user with two devices, each on one of two nodes, and another user who sends, mentions and deletes
// through both. After random steps, what each device knows and what each node answers equals a recount of the stored
// messages, and both devices have the same preferences and drafts.
import assert from "node:assert/strict";
import { course, tab } from "./harness.mjs";

const [url, , transports, otherUrl, first, seeds] = process.argv.slice(2);
const STEPS = 30;
const LONGEST_PAUSE_MS = 400;
const SETTLED_MS = 1_500;
const DEADLINE_MS = 60_000;
const TIMEOUT_MS = 20_000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Returns a function that returns a whole number from 0 up to a limit, the same numbers for the same seed. */
function randomOf(seed) {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** What the server answers about a user's conversations, by their ids. */
function tableOf(conversations) {
  return new Map(
    conversations.map(({ conversationId, unread, unreadMentions, readSeq, preferences }) => [
      conversationId,
      { unread, unreadMentions, readSeq, preferences },
    ]),
  );
}

/** A device: what it has loaded, and what events have changed since. */
class Device {
  #events = 0;
  known = new Map();

  constructor(io, address, user) {
    this.socket = io(address, { ...tab(transports), auth: { token: `token-of-${user}` } });
    this.socket.on("unreadChanged", ({ conversationId, unread, unreadMentions, readSeq }) =>
      this.#put(conversationId, { unread, unreadMentions, readSeq }),
    );
    this.socket.on("preferencesChanged", ({ conversationId, preferences }) => {
      this.#events++;
      this.take(conversationId, preferences);
    });
  }

  #put(conversationId, fields) {
    this.#events++;
    this.known.set(conversationId, { ...this.known.get(conversationId), ...fields });
  }

  take(conversationId, preferences) {
    const before = this.known.get(conversationId)?.preferences;
    if (!before || preferences.version >= before.version) {
      this.known.set(conversationId, { ...this.known.get(conversationId), preferences });
    }
  }

  ask(event, payload) {
    return this.socket.timeout(TIMEOUT_MS).emitWithAck(event, payload);
  }

  /** Loads the conversations; again if an event arrived meanwhile, which may be newer than the answer. */
  async load() {
    for (let seen = -1; seen !== this.#events; ) {
      seen = this.#events;
      const { conversations } = await this.ask("getConversations", {});
      if (seen === this.#events) this.known = tableOf(conversations);
    }
  }
}

class World {
  constructor(io, seed) {
    this.io = io;
    this.seed = seed;
    this.random = randomOf(seed);
    this.user = `ann-${seed}`;
    this.groups = [`g-${seed}`, `h-${seed}`];
    this.sent = [];
    this.running = [];
  }

  async play() {
    for (const conversationId of this.groups) {
      await this.asOther("createConversation", { conversationId, kind: "group", memberIds: [this.user] });
    }
    this.devices = await Promise.all([this.connect(), this.connect()]);
    for (let i = 0; i < STEPS; i++) {
      if (this.random(10) === 0) await this.reconnect(this.random(2));
      else this.running.push(this.step(this.groups[this.random(2)], this.random(2)));
      if (this.random(3) > 0) await this.ended();
    }
    await this.ended();
    await this.agreed();
    await pause(SETTLED_MS);
    assert.equal(await this.difference(), undefined, `seed ${this.seed}, after it was complete`);
    this.devices.forEach(({ socket }) => socket.disconnect());
  }

  async ended() {
    await Promise.all(this.running.splice(0));
  }

  async connect() {
    const device = new Device(this.io, this.random(2) === 0 ? url : otherUrl, this.user);
    await device.load();
    return device;
  }

  /** Requests an event as the other user, through any node. */
  async asOther(event, payload) {
    const headers = { Authorization: `Bearer token-of-bob-${this.seed}`, "Content-Type": "application/json" };
    const address = `${this.random(2) === 0 ? url : otherUrl}/api/events/${event}`;
    const answer = await (await fetch(address, { method: "POST", headers, body: JSON.stringify(payload) })).json();
    assert.equal(answer.success, true, `seed ${this.seed}: ${event} ${JSON.stringify(answer)}`);
    return answer;
  }

  step(conversationId, index) {
    const device = this.devices[index];
    switch (this.random(9)) {
      case 0:
      case 1:
      case 2:
        return this.send(conversationId);
      case 3:
        return device.ask("markRead", { conversationId, upToSeq: this.random(12) });
      case 4:
        return this.prefer(device, conversationId, { unreadFrom: this.random(3) === 0 ? null : 1 + this.random(10) });
      case 5:
        return this.prefer(device, conversationId, { archived: this.random(2) === 0, favorite: this.random(2) === 0 });
      case 6:
        return this.prefer(device, conversationId, { draft: this.random(3) === 0 ? null : { content: `draft ${this.random(100)}` } });
      case 7:
        return this.remove();
      default:
        return this.random(3) === 0
          ? this.sendOwn(device, conversationId)
          : pause(this.random(LONGEST_PAUSE_MS));
    }
  }

  async send(conversationId) {
    const mentions = [[], [this.user], ["@all"], [`bob-${this.seed}`]][this.random(4)];
    const { message } = await this.asOther("sendMessage", { conversationId, content: "hello", mentions });
    this.sent.push(message);
  }

  /** The device that sends has read the conversation, and receives no event of it. */
  async sendOwn(device, conversationId) {
    const { success } = await device.ask("sendMessage", { conversationId, content: "own" });
    if (success) await device.load();
  }

  async prefer(device, conversationId, changed) {
    const answer = await device.ask("setPreferences", { conversationId, ...changed });
    if (answer.success) device.take(conversationId, answer.preferences);
  }

  async remove() {
    const [message] = this.sent.splice(this.random(Math.max(1, this.sent.length)), 1);
    if (message) await this.asOther("deleteMessage", { conversationId: message.conversationId, messageId: message.id });
  }

  /** Connects the device again, when no other step runs, maybe to the other node. */
  async reconnect(index) {
    await this.ended();
    this.devices[index].socket.disconnect();
    this.devices[index] = await this.connect();
  }

  /** Waits until nothing differs. */
  async agreed() {
    const end = Date.now() + TIMEOUT_MS;
    for (let found = await this.difference(); found !== undefined; found = await this.difference()) {
      if (Date.now() > end) assert.fail(`seed ${this.seed}: ${found}`);
      await pause(100);
    }
  }

  /** Returns what a device or a node has wrong, or undefined. */
  async difference() {
    const answers = await Promise.all(this.devices.map((device) => device.ask("getConversations", {})));
    const tables = answers.map(({ conversations }) => tableOf(conversations));
    for (const id of this.groups) {
      const expected = JSON.stringify(await this.recount(id, tables[0].get(id)));
      const found = [...tables, ...this.devices.map(({ known }) => known)].map((table) => JSON.stringify(sorted(table.get(id))));
      const wrong = found.findIndex((one) => one !== expected);
      if (wrong >= 0) return `${["node of 0", "node of 1", "device 0", "device 1"][wrong]} has ${found[wrong]} of ${id}, not ${expected}`;
    }
    const totals = await Promise.all(this.devices.map((device) => device.ask("getUnread", {})));
    const counted = this.groups.map((id) => tables[0].get(id)).filter(({ preferences }) => !preferences.archived);
    const total = (count) => counted.reduce((sum, entry) => sum + count(entry), 0);
    const expected = {
      success: true,
      conversations: total(({ unread }) => Math.min(1, unread)),
      messages: total(({ unread }) => unread),
      mentions: total(({ unreadMentions }) => unreadMentions),
    };
    const wrong = totals.find((found) => JSON.stringify(sorted(found)) !== JSON.stringify(sorted(expected)));
    return wrong && `getUnread answers ${JSON.stringify(wrong)}, not ${JSON.stringify(expected)}`;
  }

  async recount(conversationId, { readSeq, preferences }) {
    const { messages } = await this.asOther("getMessages", { conversationId, limit: 100 });
    const seen = preferences.unreadFrom === undefined ? readSeq : Math.min(readSeq, preferences.unreadFrom - 1);
    const unread = messages.filter(({ seq }) => seq > seen);
    const isMentioned = ({ mentions = [] }) => mentions.includes(this.user) || mentions.includes("@all");
    return sorted({ unread: unread.length, unreadMentions: unread.filter(isMentioned).length, readSeq, preferences });
  }
}

/** Returns a value whose fields, and those of its fields, are in alphabetical order. */
function sorted(value) {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, field]) => [key, sorted(field)]),
  );
}

function fail(failure) {
  console.error(failure);
  process.exit(1);
}

await course(async ({ io }) => {
  const worlds = Array.from({ length: Number(seeds) }, (ignored, i) => new World(io, Number(first) + i));
  await Promise.all(worlds.map((world) => world.play().catch(fail)));
}, DEADLINE_MS);
