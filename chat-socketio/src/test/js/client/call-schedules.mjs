// usage: node client/call-schedules.mjs [<number> [<first seed>]]
//
// Random schedules of a call between two or three users, one of them with two devices: both call at the same time, hang up and
// call again immediately, connections to the server are cut or freeze, signals are lost, pages are reloaded, also while they
// return, the server is replaced, paths between devices break, devices are switched. In the end there is one call, and each
// pair of its devices is connected and hears each other. When all have left, no connection, device or timer is left.
import assert from "node:assert/strict";
import { CallTab, callWorld } from "./model-calls.mjs";
import { playSeeds } from "./seeds.mjs";
import { World } from "./world.mjs";

const STEPS = 30;
const HEALED_AFTER = 150_000;

function stageOf(seed) {
  const world = new World(seed);
  const stage = callWorld(world);
  const { server } = stage;
  const isDirect = world.chance(0.4);
  server.members = { room: isDirect ? ["alice", "bob"] : ["alice", "bob", "carol"] };
  server.loses = world.chance(0.5) ? 0.1 : 0;
  if (world.chance(0.3)) server.iceServers = [{ urls: ["turn:example.com"] }];
  stage.tabs = ["alice", "bob", ...(isDirect ? [] : ["carol"])].map((user) => new CallTab(stage, user));
  stage.tabs.push(new CallTab(stage, "bob", "telephone"));
  return stage;
}

async function pass(world, delay) {
  await new Promise(setImmediate);
  await world.run(world.now + delay);
}

/** What a user does with what is shown. */
function act(stage, tab) {
  const { world } = stage;
  const { call, incoming } = tab.state;
  if (incoming.length > 0) return void tab.calls.accept(incoming[0].callId);
  if (!call) return void (stage.tabs.some((other) => other !== tab && other.user === tab.user && other.call) || tab.calls.start("room", { media: world.pick(["audio", "video"]) }));
  const change = world.pick(["setAudio", "setVideo", "setScreen"]);
  void tab.calls[change](world.chance(0.7));
}

/** The second time, the page may not have returned to its call yet. */
function reloadTwice({ world }, tab) {
  tab.reload();
  world.after(world.upTo(200), () => tab.reload());
}

function callAgain({ call, calls }) {
  if (!call) return;
  void calls.end();
  void calls.start("room");
}

function happen(stage) {
  const { world, server, network, tabs } = stage;
  const tab = world.pick(tabs);
  const actions = [
    [14, () => act(stage, tab)],
    [6, () => tab.cut()],
    [2, () => tab.freeze()],
    [3, () => tab.reload()],
    [1, () => reloadTwice(stage, tab)],
    [1, () => callAgain(tab)],
    [2, () => server.restart(world.upTo(5_000))],
    [3, () => network.break(world.pick(tabs).name, world.pick(tabs).name)],
    [3, () => network.heal()],
    [1, () => void tab.calls.end()],
    [1, () => tab.state.incoming.forEach(({ callId }) => void tab.calls.decline(callId))],
  ];
  let place = world.upTo(actions.reduce((sum, [weight]) => sum + weight, 0) - 1);
  actions.find(([weight]) => (place -= weight) < 0)[1]();
}

/** Lets each user take part with one device. */
async function gather(stage) {
  const { world, tabs } = stage;
  const [first, ...others] = [...new Set(tabs.map(({ user }) => user))].map((user) => tabs.find((tab) => tab.user === user && tab.call) ?? tabs.find((tab) => tab.user === user));
  for (const tab of [first, ...others]) {
    if (!tab.call) assert.ok((await settled(world, tab.calls.start("room"))).success);
    await pass(world, 2_000);
  }
}

async function settled(world, promise) {
  let answer;
  promise.then((value) => (answer = value));
  for (let i = 0; i < 100 && answer === undefined; i++) await pass(world, 500);
  return answer ?? {};
}

function assertConnected({ server, network, tabs }) {
  const inCall = tabs.filter(({ call }) => call);
  const users = new Set(tabs.map(({ user }) => user));
  assert.equal(inCall.length, users.size, "each user takes part");
  assert.deepEqual([server.running.length, new Set(inCall.map(({ call }) => call.callId)).size], [1, 1]);
  const [{ participants }] = server.running;
  assert.deepEqual([...participants.keys()].sort(), inCall.map(({ call }) => call.self.participantId).sort());
  for (const tab of inCall) assertSees(tab, inCall);
  assert.equal(network.open, inCall.length * (inCall.length - 1), "no connection is left over");
}

function assertSees({ call, browser, name }, inCall) {
  assert.deepEqual([call.status, call.away], ["active", false]);
  const others = inCall.filter((other) => other.call !== call).map(({ call: { self } }) => self);
  assert.deepEqual(call.participants.map(({ participantId }) => participantId).sort(), others.map(({ participantId }) => participantId).sort());
  for (const participant of call.participants) {
    assert.deepEqual([participant.connection, participant.away], ["connected", false], name);
    const { audio, video, screen } = others.find(({ participantId }) => participantId === participant.participantId);
    assert.deepEqual([participant.audio, participant.video, participant.screen], [audio, video, screen], "what the other sends is known");
    assert.deepEqual(participant.stream.getTracks().map(({ kind }) => kind), ["audio", "video"]);
    assert.equal(participant.screenStream !== undefined, screen);
  }
  for (const connection of [...browser.network.connections.values()].filter(({ device }) => device === name)) assertSends(connection, browser);
}

/** Each connection has one place for each kind of medium, and sends in it what is open. */
function assertSends(connection, browser) {
  const places = connection.getTransceivers();
  assert.deepEqual(places.map(({ mid, kind, direction }) => `${mid} ${kind} ${direction}`), ["0 audio sendrecv", "1 video sendrecv", "2 video sendrecv"]);
  const sent = places.map(({ sender }) => sender.track).filter(Boolean);
  assert.deepEqual(new Set(sent), new Set(browser.live));
}

async function play(seed) {
  const stage = stageOf(seed);
  const { world, server, network, tabs } = stage;
  await pass(world, 1_000);
  if (world.chance(0.7)) tabs.slice(0, 2).forEach((tab) => void tab.calls.start("room"));
  for (let step = 0; step < STEPS; step++) {
    happen(stage);
    await pass(world, world.upTo(world.chance(0.15) ? 20_000 : 1_000));
  }
  Object.assign(server, { isUp: true, loses: 0 });
  network.heal();
  await pass(world, HEALED_AFTER);
  await gather(stage);
  await pass(world, HEALED_AFTER);
  assertConnected(stage);
  assert.equal(server.mostCalls, 1);
  await leave(stage);
}

async function leave({ world, server, network, tabs }) {
  tabs.forEach(({ calls }) => void calls.end());
  await pass(world, 2_000);
  assert.deepEqual([server.running.length, network.open, tabs.flatMap(({ browser }) => browser.live).length], [0, 0, 0]);
  assert.deepEqual(tabs.map(({ state }) => [state.call, state.incoming]), tabs.map(() => [undefined, []]));
  tabs.forEach(({ chat, browser }) => {
    chat.close();
    assert.equal(browser.load("roomcast call"), null);
  });
  await pass(world, HEALED_AFTER);
  assert.deepEqual([world.pending, ...tabs.map(({ browser }) => browser.listeners)], [0, ...tabs.map(() => 0)]);
}

await playSeeds(play, 1_000);
