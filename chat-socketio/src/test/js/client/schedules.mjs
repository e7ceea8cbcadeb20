// usage: node client/schedules.mjs [<number> [<first seed>]]
//
// Random schedules of cuts, delays, repeats, restarts, changes of the epoch, two tabs that share an outbox, reloads, and
// changes by others. In the end each client has what the server has, and everything that was sent is stored once.
import assert from "node:assert/strict";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer } from "./model-server.mjs";
import { Tab, assertComplete } from "./tab.mjs";
import { World } from "./world.mjs";
import { playSeeds } from "./seeds.mjs";

const ROOM = "room";
const STEPS = 60;
const HEALED_AFTER = 240_000;

/** Returns a tab whose client lives in the model. */
function openTab(world, server, browser, storage, user) {
  return new Tab(user, ROOM, () => {
    const options = {
      url: "http://server/",
      io: () => new ModelSocket(world, server, user),
      token: () => "token",
      user,
      storage,
      keep: 100,
    };
    return createChat(options, surroundingsOf(world, server, browser, user));
  });
}

async function play(seed) {
  const world = new World(seed);
  const server = new ModelServer(world);
  const browser = new ModelBrowser(world);
  const storage = inMemory();
  const tabs = [
    openTab(world, server, browser, storage, "alice"),
    openTab(world, server, browser, storage, "alice"),
    openTab(world, server, new ModelBrowser(world), inMemory(), "bob"),
  ];
  for (let step = 0; step < STEPS; step++) {
    happen(world, server, tabs, step);
    await world.run(world.now + world.upTo(world.chance(0.1) ? 4_000 : 120));
  }
  server.isFaulty = false;
  server.isUp = true;
  await world.run(world.now + HEALED_AFTER);
  assertComplete(server.room(ROOM).messages, server.formerKeys, tabs);
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
    [2, () => world.pick([...server.links])?.freeze()],
    [4, () => restart(world, server)],
    [1, () => server.newEpoch()],
    [1, () => server.forgetChanges(room)],
    [3, () => tab.reload()],
    [6, () => tab.room.loadOlder()],
    [3, () => tab.room.loadNewer()],
    [1, () => tab.room.loadLatest()],
    [3, () => room.messages.length > 0 && tab.room.goTo(world.pick(room.messages).id)],
    [3, () => room.messages.length > 0 && tab.room.loadMessage(world.pick(room.messages).id)],
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

await playSeeds(play, 10_000);
