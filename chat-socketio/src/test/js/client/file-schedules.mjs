// usage: node client/file-schedules.mjs [<number> [<first seed>]]
//
// Random schedules of uploads in two tabs: cuts, lost answers, restarts of the server, pauses, cancelled messages and
// reloads, after which the same files are chosen again. In the end each message is there once, with the bytes of its files.
import assert from "node:assert/strict";
import { createFiles } from "../../../main/resources/io/roomcast/chat/socketio/client/files.js";
import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelFiles, ModelStore, fileOf } from "./model-files.mjs";
import { ModelServer } from "./model-server.mjs";
import { World } from "./world.mjs";
import { playSeeds } from "./seeds.mjs";

const ROOM = "room";
const STEPS = 40;
const HEALED_AFTER = 400_000;
const MOST_BYTES = 30_000;

/** A tab whose user sends files. */
class FileTab {
  /** What was sent, by the key of the message: its files, and whether it was cancelled. */
  sent = new Map();

  constructor(stage) {
    Object.assign(this, { stage });
    this.open();
  }

  open() {
    const { world, server, browser, storage, model, store } = this.stage;
    const files = (parts) => createFiles(parts, { send: model.send, ...store });
    const options = { url: "http://server/", io: () => new ModelSocket(world, server, "alice"), user: "alice", storage, files };
    this.surroundings = surroundingsOf(world, server, browser, "alice");
    this.chat = createChat(options, this.surroundings);
    this.room = this.chat.room(ROOM);
    this.room.subscribe(() => {});
  }

  send(step) {
    const { world } = this.stage;
    const count = 1 + world.upTo(2);
    const files = Array.from({ length: count }, (_, i) => fileOf(`${step}-${i}.txt`, randomText(world)));
    const { clientMessageId } = this.room.sendFiles(files, world.chance(0.5) ? `text ${step}` : "");
    this.sent.set(clientMessageId, { files, isCancelled: false });
  }

  rows = () => this.room.getSnapshot().messages.filter(({ files }) => files);

  any(action) {
    if (this.rows().length > 0) action(this.stage.world.pick(this.rows()).clientMessageId);
  }

  cancel(id) {
    for (const tab of this.stage.tabs) if (tab.sent.has(id)) tab.sent.get(id).isCancelled = true;
    this.room.discard(id);
  }

  reload() {
    this.chat.close();
    this.open();
  }

  /** The user chooses again what this tab shows as interrupted, and continues what is paused. */
  chooseAgain() {
    for (const { clientMessageId, files } of this.rows()) {
      const sent = this.stage.tabs.map((tab) => tab.sent.get(clientMessageId)).find(Boolean);
      const missing = sent.files.filter((_, i) => files[i].status === "missing");
      assert.deepEqual(this.room.resumeFiles(missing), []);
      this.room.resume(clientMessageId);
    }
  }
}

const randomText = (world) => String.fromCharCode(97 + world.upTo(25)).repeat(1 + world.upTo(MOST_BYTES));

function stageOf(seed) {
  const world = new World(seed);
  const server = new ModelServer(world);
  const model = Object.assign(new ModelFiles(world, server), { sendsMessages: world.chance(0.7), checkedFor: world.upTo(2_000) });
  const stage = { world, server, model, browser: new ModelBrowser(world), storage: inMemory(), store: new ModelStore(), tabs: [] };
  stage.tabs.push(new FileTab(stage), new FileTab(stage));
  return stage;
}

async function play(seed) {
  const stage = stageOf(seed);
  const { world, server, model, tabs, store } = stage;
  for (let step = 0; step < STEPS; step++) {
    happen(stage, step);
    await world.run(world.now + world.upTo(world.chance(0.1) ? 5_000 : 300));
  }
  server.isFaulty = false;
  server.isUp = true;
  await world.run(world.now + HEALED_AFTER);
  for (const tab of tabs) {
    tab.surroundings.fire("visibilitychange");
    await pass(world, 1_000);
    tab.chooseAgain();
    await pass(world, HEALED_AFTER);
  }
  assertSent(stage);
  tabs.forEach(({ chat }) => chat.close());
  await world.run(world.now + HEALED_AFTER);
  assert.deepEqual([store.size, store.held, world.pending], [0, 0, 0]);
  assert.ok(model.mostRunning <= 2 * tabs.length);
}

/** Lets time pass, after what the tabs do at once. */
async function pass(world, delay) {
  await new Promise(setImmediate);
  await world.run(world.now + delay);
}

function happen({ world, server, model, tabs }, step) {
  const tab = world.pick(tabs);
  const actions = [
    [14, () => tab.send(step)],
    [10, () => model.cutAll()],
    [6, () => world.pick([...server.links])?.cut()],
    [3, () => restart(world, server, model)],
    [4, () => tab.any((id) => tab.room.pause(id))],
    [4, () => tab.any((id) => tab.room.resume(id))],
    [3, () => tab.any((id) => tab.cancel(id))],
    [3, () => tab.any((id) => tab.room.retry(id))],
    [4, () => tab.reload()],
    [4, () => tab.chooseAgain()],
    [2, () => tab.surroundings.fire("online")],
  ];
  let place = world.upTo(actions.reduce((sum, [weight]) => sum + weight, 0) - 1);
  actions.find(([weight]) => (place -= weight) < 0)[1]();
}

function restart(world, server, model) {
  server.isUp = false;
  server.cutAll();
  model.cutAll();
  world.after(world.upTo(5_000), () => (server.isUp = true));
}

function assertSent({ server, model, tabs }) {
  const { messages } = server.room(ROOM);
  for (const { sent, chat, rows } of tabs) {
    const left = rows().map(({ status, failure, files }) => [status, failure?.code, files.map((file) => [file.status, file.loaded])]);
    assert.deepEqual([left, chat.getSnapshot().unsent], [[], 0]);
    for (const [id, { files, isCancelled }] of sent) {
      const found = messages.filter(({ clientMessageId }) => clientMessageId === id);
      assert.ok(found.length === 1 || (isCancelled && found.length === 0), `${found.length} messages, cancelled: ${isCancelled}`);
      found.forEach((message) => assertSame(message, files, model));
    }
  }
  const sentIds = new Set(messages.flatMap(({ attachments }) => attachments.map(idOf)));
  const orphans = [...model.uploads.values()].filter(({ id }) => !sentIds.has(id));
  assert.deepEqual(orphans.map(({ fileName }) => fileName), [], "a cancelled upload remains at the server");
}

const idOf = ({ fileUrl }) => fileUrl.split("/").at(-1);

function assertSame({ attachments }, files, { uploads }) {
  assert.deepEqual(attachments.map(({ fileName }) => fileName), files.map(({ name }) => name));
  attachments.forEach((attachment, i) => assert.equal(uploads.get(idOf(attachment)).text, files[i].text));
}

await playSeeds(play, 1_000);
