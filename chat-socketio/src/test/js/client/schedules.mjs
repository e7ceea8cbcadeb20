// usage: node client/schedules.mjs [<number> [<first seed>]]
//
// Random schedules of cuts, delays, repeats, restarts, changes of the epoch, two tabs that share an outbox, reloads, and
// changes by others. In the end each client has what the server has, and everything that was sent is stored once.
import assert from "node:assert/strict";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer } from "./model-server.mjs";
import { World } from "./world.mjs";

const ROOM = "room";
const STEPS = 60;
const HEALED_AFTER = 240_000;

class Tab {
  constructor(world, server, browser, storage, user) {
    Object.assign(this, { world, server, browser, storage, user, sent: [] });
    this.open();
  }

  open() {
    const environment = surroundingsOf(this.world, this.server, this.browser, this.user);
    const options = {
      url: "http://server/",
      io: () => new ModelSocket(this.world, this.server, this.user),
      token: () => "token",
      user: this.user,
      storage: this.storage,
      keep: 100,
    };
    this.chat = createChat(options, environment);
    this.room = this.chat.room(ROOM);
    this.room.subscribe(() => {
      try {
        this.#check();
      } catch (failure) {
        this.failure ??= failure;
      }
    });
  }

  reload() {
    this.chat.close();
    this.open();
  }

  send(content) {
    const { clientMessageId } = this.room.send(content);
    this.sent.push(clientMessageId);
  }

  /** What a user sees is at any time in order and without gaps, and nothing is there twice. */
  #check() {
    const { messages } = this.room.getSnapshot();
    const stored = messages.filter(({ status }) => status === undefined);
    const keys = new Set(messages.map(({ id }) => id));
    assert.equal(keys.size, messages.length, "a message is shown twice");
    stored.forEach(({ seq }, i) => assert.ok(i === 0 || seq > stored[i - 1].seq, "messages are out of order"));
  }
}

async function play(seed) {
  const world = new World(seed);
  const server = new ModelServer(world);
  const browser = new ModelBrowser(world);
  const storage = inMemory();
  const tabs = [
    new Tab(world, server, browser, storage, "alice"),
    new Tab(world, server, browser, storage, "alice"),
    new Tab(world, server, new ModelBrowser(world), inMemory(), "bob"),
  ];
  for (let step = 0; step < STEPS; step++) {
    happen(world, server, tabs, step);
    await world.run(world.now + world.upTo(world.chance(0.1) ? 4_000 : 120));
  }
  server.isFaulty = false;
  server.isUp = true;
  await world.run(world.now + HEALED_AFTER);
  assertComplete(server, tabs);
  tabs.forEach(({ chat }) => chat.close());
  await world.run(world.now + HEALED_AFTER);
  assert.equal(server.links.size, 0, "a closed client is connected");
}

function happen(world, server, tabs, step) {
  const tab = world.pick(tabs);
  const room = server.room(ROOM);
  const actions = [
    [30, () => tab.send(`text ${step}`)],
    [16, () => server.send(ROOM, "carol", { content: `other ${step}` })],
    [3, () => Array.from({ length: 40 }, (_, i) => server.send(ROOM, "carol", { content: `many ${step} ${i}` }))],
    [20, () => room.messages.length > 0 && server.change(room, world.pick(["edit", "delete", "react"]), world.pick(room.messages))],
    [10, () => world.pick([...server.links])?.cut()],
    [4, () => restart(world, server)],
    [1, () => server.newEpoch()],
    [1, () => server.forgetChanges(room)],
    [3, () => tab.reload()],
    [6, () => tab.room.loadOlder()],
    [3, () => tab.room.loadNewer()],
    [1, () => tab.room.loadLatest()],
    [2, () => tab.room.markRead()],
    [3, () => tab.room.follow(world.chance(0.5))],
    [2, () => server.links.forEach((link) => link.tell("serverDraining", { reconnectInMs: 50, deadlineMs: 500 }))],
  ];
  let place = world.upTo(actions.reduce((sum, [weight]) => sum + weight, 0) - 1);
  actions.find(([weight]) => (place -= weight) < 0)[1]();
}

function restart(world, server) {
  server.isUp = false;
  server.cutAll();
  world.after(world.upTo(3_000), () => (server.isUp = true));
}

function assertComplete(server, tabs) {
  const { messages } = server.room(ROOM);
  for (const { chat, room, user, failure } of tabs) {
    if (failure) throw failure;
    const snapshot = room.getSnapshot();
    assert.equal(snapshot.status, "ready", user);
    assert.equal(chat.getSnapshot().unsent, 0, `${user} has unsent messages`);
    const first = snapshot.messages[0]?.seq ?? 0;
    const last = snapshot.hasNewer ? snapshot.messages.at(-1).seq : Infinity;
    const expected = messages.filter(({ seq }) => seq >= first && seq <= last);
    assert.deepEqual(snapshot.messages, expected, `${user} differs from the server`);
    assert.ok(messages.length === 0 || expected.length > 0);
    assert.equal(snapshot.latestSeq, messages.length);
    if (!snapshot.hasOlder) assert.equal(messages[0]?.seq ?? 0, first);
  }
  for (const { sent } of tabs) {
    const stored = messages.filter(({ clientMessageId }) => sent.includes(clientMessageId)).map((one) => one.clientMessageId);
    const expected = sent.filter((key) => stored.includes(key) || !server.formerKeys.has(key));
    assert.deepEqual(stored, expected, "each message is stored once, in the order in which it was sent");
  }
}

const [count = "10000", first = "1"] = process.argv.slice(2);
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  try {
    await play(seed);
  } catch (error) {
    console.error(`seed ${seed}`);
    throw error;
  }
}
console.log(JSON.stringify({ client: "course", event: "finished" }));
