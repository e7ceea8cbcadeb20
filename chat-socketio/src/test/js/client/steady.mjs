// usage: node client/steady.mjs [<number> [<first seed>]]
//
// An own message that a tab has shown remains shown while it is sent, stored and read again: over reloads, cuts and
// restarts, in the tab that sends it and in another one.
import assert from "node:assert/strict";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer } from "./model-server.mjs";
import { openChat } from "./opened.mjs";
import { World } from "./world.mjs";
import { playSeeds } from "./seeds.mjs";

const ROOM = "room";
const USER = "alice";
const STEPS = 25;

class SteadyTab {
  constructor(server, connect) {
    Object.assign(this, { server, connect });
    this.open();
  }

  open() {
    this.chat = this.connect();
    this.room = this.chat.room(ROOM);
    let shown = [];
    this.room.subscribe(() => {
      const { messages } = this.room.getSnapshot();
      const keys = new Set(messages.map(({ clientMessageId }) => clientMessageId));
      const lost = shown.filter((key) => !keys.has(key) && !this.#isOlder(key, messages));
      if (lost.length > 0) this.failure ??= new Error(`${lost} vanished`);
      shown = [...keys].filter(Boolean);
    });
  }

  /** Returns whether a message is before those that are kept. */
  #isOlder(key, [first]) {
    const { seq } = this.server.room(ROOM).messages.find(({ clientMessageId }) => clientMessageId === key) ?? {};
    return seq < first?.seq;
  }

  reload() {
    this.chat.close();
    this.open();
  }
}

async function play(seed) {
  const world = new World(seed);
  const server = new ModelServer(world);
  server.isFaulty = false;
  const browser = new ModelBrowser(world);
  const storage = inMemory();
  const connect = () =>
    createChat(
      { url: "http://server/", io: () => new ModelSocket(world, server, USER), token: () => "token", user: USER, storage },
      surroundingsOf(world, server, browser, USER),
    );
  const tabs = [new SteadyTab(server, connect), new SteadyTab(server, connect)];
  const actions = [
    (tab) => tab.room.send("text"),
    (tab) => tab.room.send("text"),
    () => server.send(ROOM, "carol", { content: "other" }),
    (tab) => tab.reload(),
    () => world.pick([...server.links])?.cut(),
    () => restart(world, server),
  ];
  for (let step = 0; step < STEPS; step++) {
    world.pick(actions)(world.pick(tabs));
    await world.run(world.now + world.upTo(world.chance(0.1) ? 4_000 : 120));
  }
  server.isUp = true;
  await world.run(world.now + 60_000);
  for (const { chat, failure } of tabs) {
    if (failure) throw failure;
    assert.equal(chat.getSnapshot().unsent, 0);
    chat.close();
  }
}

function restart(world, server) {
  server.isUp = false;
  server.cutAll();
  world.after(world.upTo(3_000), () => (server.isUp = true));
}

/** A user who joins is counted although the event overtakes the answer, of which either may be the older one. */
async function usersAreCountedWhoJoinMeanwhile(ofEvent, ofAnswer) {
  const opened = await openChat();
  const { answer } = opened.server;
  opened.server.answer = (link, event, payload) => {
    if (event === "joinRoom") link.tell("userJoined", { conversationId: ROOM, userId: "bob", online: ofEvent });
    const answered = answer(link, event, payload);
    return event === "joinRoom" ? { ...answered, online: ofAnswer } : answered;
  };
  const room = opened.chat.room(ROOM);
  room.subscribe(() => {});
  await opened.run(2);
  assert.deepEqual([room.getSnapshot().status, room.getSnapshot().online], ["ready", 2]);
}

await usersAreCountedWhoJoinMeanwhile(2, 1);
await usersAreCountedWhoJoinMeanwhile(1, 2);
await playSeeds(play, 500);
