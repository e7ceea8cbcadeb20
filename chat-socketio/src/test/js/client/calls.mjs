// Calls: ringing, answers, devices, what is sent to whom, and what remains after a call, in a model without faults.
import assert from "node:assert/strict";
import { CallTab } from "./model-calls.mjs";
import { ROOM, callOf, done, media, stageOf } from "./call-stage.mjs";

async function ringsOnAllDevicesUntilOneAnswers() {
  const stage = await stageOf(["alice", "bob", "bob"]);
  const [alice, bob, telephone] = stage.tabs;
  const started = await done(stage, alice.calls.start(ROOM, { media: "video" }));
  assert.deepEqual([started.joined, started.rung, started.key], [false, ["bob"], undefined]);
  const { callId } = started;
  const rings = { callId, conversationId: ROOM, from: "alice", media: "video" };
  assert.deepEqual([bob.state.incoming, telephone.state.incoming, alice.call.status], [[rings], [rings], "ringing"]);
  assert.deepEqual(stage.requested("signalCall"), [], "ringing reveals no address");
  assert.deepEqual(await done(stage, bob.calls.accept(callId)), { success: true, callId, joined: false, rung: [] });
  assert.deepEqual([bob.state.incoming, telephone.state.incoming, telephone.call], [[], [], undefined]);
  assert.deepEqual([alice.call.status, alice.call.participants[0].connection], ["active", "connected"]);
  assert.deepEqual([media(alice), media(bob)], Array(2).fill(["audio default audio", "video default video"]));
  const late = await done(stage, telephone.calls.accept(callId));
  assert.deepEqual([late.code, telephone.call, media(telephone)], ["answered_elsewhere", undefined, []]);
  assert.deepEqual(await done(stage, alice.calls.end()), { success: true });
  assert.deepEqual([alice.state.ended, bob.state.ended.reason], [{ callId, conversationId: ROOM, reason: "left" }, "completed"]);
  assert.deepEqual([media(alice), media(bob), stage.network.open], [[], [], 0]);
}

async function callThatDoesNotRingIsJoinedWithWhatItIsFor() {
  for (const [started, wanted, expected] of [
    ["video", {}, ["audio default audio", "video default video"]],
    ["video", { video: false }, ["audio default audio"]],
    ["audio", {}, ["audio default audio"]],
    ["audio", { video: true }, ["audio default audio", "video default video"]],
  ]) {
    const stage = await stageOf(["alice", "bob", "carol"]);
    const [alice, bob, carol] = stage.tabs;
    const { callId } = await done(stage, alice.calls.start(ROOM, { media: started }));
    await done(stage, bob.calls.accept(callId));
    await done(stage, carol.calls.decline(callId));
    await done(stage, carol.calls.accept(callId, wanted));
    assert.deepEqual([carol.call.media, media(carol)], [started, expected]);
    const { audio, video } = alice.call.participants.find(({ userId }) => userId === "carol");
    assert.deepEqual([audio, video], [true, expected.length === 2]);
  }
}

async function ringingEnds() {
  for (const [how, seconds, reason, act] of [
    ["declined", 1, "declined", ({ tabs: [, bob] }) => void bob.calls.decline(bob.state.incoming[0].callId)],
    ["unanswered", 50, "missed", () => {}],
    ["taken back", 1, "left", ({ tabs: [alice] }) => void alice.calls.end()],
  ]) {
    const stage = await stageOf(["alice", "bob", "bob"]);
    const [alice, bob, telephone] = stage.tabs;
    await done(stage, alice.calls.start(ROOM));
    act(stage);
    await stage.run(seconds);
    assert.deepEqual([alice.state.ended?.reason, bob.state.incoming, telephone.state.incoming], [reason, [], []], how);
  }
}

async function deviceThatConnectsLaterRingsAndOneThatWasAwayDoesNotRingForAnEndedCall() {
  const stage = await stageOf();
  const [alice, bob] = stage.tabs;
  await done(stage, alice.calls.start(ROOM));
  const telephone = new CallTab(stage.stage, "bob", "telephone");
  await stage.run(1);
  assert.equal(telephone.state.incoming.length, 1);
  bob.cut();
  await stage.run(10);
  assert.equal(bob.state.incoming.length, 1, "it is announced again");
  stage.server.isUp = false;
  bob.cut();
  await stage.run(1);
  assert.equal(bob.state.incoming.length, 1, "it rings while it cannot be known that it does not");
  void alice.calls.end();
  await stage.run(1);
  stage.server.isUp = true;
  await stage.run(12);
  assert.deepEqual(bob.state.incoming, []);
}

async function devicesThatCannotBeOpenedHaveACode() {
  for (const [name, code] of Object.entries({
    NotAllowedError: "permission_denied",
    NotFoundError: "device_not_found",
    NotReadableError: "device_in_use",
    TypeError: "device_failed",
  })) {
    const stage = await stageOf();
    const [alice, bob] = stage.tabs;
    alice.browser.refusals = { audio: name };
    const { success, code: found } = await done(stage, alice.calls.start(ROOM, { media: "video" }));
    assert.deepEqual([success, found, alice.call, stage.requested("startCall"), bob.state.incoming], [false, code, undefined, [], []]);
    alice.browser.refusals = { video: name };
    assert.equal((await done(stage, alice.calls.start(ROOM, { media: "video" }))).success, true);
    const { video, problems } = alice.call.self;
    assert.deepEqual([video, problems.video.code, media(alice)], [false, code, ["audio default audio"]]);
    assert.equal(stage.requested("updateCall").at(-1).video, false);
    alice.browser.refusals = {};
    assert.equal((await done(stage, alice.calls.setVideo(true))).success, true);
    assert.deepEqual([alice.call.self.video, alice.call.self.problems], [true, {}]);
    bob.browser.refusals = { audio: name, screen: name };
    assert.equal((await done(stage, bob.calls.accept(alice.call.callId))).code, code);
    assert.equal(bob.state.incoming.length, 1, "it rings on");
    assert.equal((await done(stage, bob.calls.accept(alice.call.callId, { audio: false, video: false }))).success, true);
    assert.deepEqual([media(bob), alice.call.participants[0].audio], [[], false]);
    assert.deepEqual([(await done(stage, bob.calls.setScreen(true))).code, bob.call.self.problems.screen.code], [code, code]);
  }
}

async function devicesAreSwitchedWithoutAnotherNegotiation() {
  const stage = await callOf(undefined, undefined, { media: "video" });
  const [alice, bob] = stage.tabs;
  const seen = () => (({ audio, video, screen, screenStream }) => [audio, video, screen, screenStream !== undefined])(bob.call.participants[0]);
  const before = stage.requested("signalCall").length;
  await done(stage, alice.calls.setAudio(false));
  assert.deepEqual([seen(), alice.browser.live.find(({ kind }) => kind === "audio").enabled], [[false, true, false, false], false]);
  await done(stage, alice.calls.setVideo(false));
  assert.deepEqual([seen(), media(alice)], [[false, false, false, false], ["audio default audio"]]);
  await done(stage, alice.calls.setScreen(true));
  assert.deepEqual([seen(), media(alice)], [[false, false, true, true], ["audio default audio", "video screen"]]);
  alice.browser.listed = [{ kind: "audioinput", deviceId: "headset", label: "Headset" }];
  await done(stage, alice.calls.chooseMicrophone("headset"));
  assert.deepEqual([alice.call.self.microphone, alice.call.self.audio, media(alice)], ["headset", false, ["audio headset", "video screen"]]);
  assert.deepEqual(alice.state.devices.microphones, [{ deviceId: "headset", label: "Headset" }]);
  alice.browser.live.find(({ deviceId }) => deviceId === "screen").onended();
  await stage.run(1);
  assert.deepEqual(seen(), [false, false, false, false]);
  assert.equal(stage.requested("signalCall").length, before);
}

async function deviceThatIsRemovedIsReplaced() {
  const stage = await callOf();
  const [alice, bob] = stage.tabs;
  alice.browser.listed = [{ kind: "audioinput", deviceId: "headset", label: "" }];
  await done(stage, alice.calls.chooseMicrophone("headset"));
  alice.browser.listed = [];
  const unplug = () => {
    const track = alice.browser.live.find(({ kind }) => kind === "audio");
    track.stop();
    track.onended();
  };
  unplug();
  await stage.run(1);
  assert.deepEqual([media(alice), bob.call.participants[0].audio], [["audio default audio"], true]);
  alice.browser.refusals = { audio: "NotFoundError" };
  unplug();
  await stage.run(1);
  assert.deepEqual([media(alice), alice.call.self.problems.audio.code, bob.call.participants[0].audio], [[], "device_not_found", false]);
  alice.browser.refusals = { audio: "NotReadableError" };
  alice.browser.listed = [{ kind: "audioinput", deviceId: "headset", label: "" }];
  assert.equal((await done(stage, alice.calls.setAudio(true))).code, "device_in_use");
}

async function bothCallAtOnce() {
  const stage = await stageOf();
  const [alice, bob] = stage.tabs;
  const answers = [alice, bob].map((tab) => tab.calls.start(ROOM));
  await stage.run(3);
  const [first, second] = await Promise.all(answers);
  assert.deepEqual([first.callId, [first.joined, second.joined].sort()], [second.callId, [false, true]]);
  assert.deepEqual([alice, bob].map(({ call, state }) => [call.participants[0].connection, state.incoming]), Array(2).fill(["connected", []]));
  assert.deepEqual([stage.server.mostCalls, stage.network.open, alice.call.isOwn !== bob.call.isOwn], [1, 2, true]);
}

async function requestWhoseAnswerIsLostIsRepeated() {
  const stage = await stageOf();
  const [alice, bob] = stage.tabs;
  await done(stage, alice.calls.start(ROOM));
  const { answer } = stage.server;
  stage.server.answer = (link, event, payload) => {
    const answered = answer.call(stage.server, link, event, payload);
    if (event === "acceptCall") bob.cut();
    stage.server.answer = event === "acceptCall" ? answer : stage.server.answer;
    return answered;
  };
  const accepted = await done(stage, bob.calls.accept(bob.state.incoming[0].callId), 15);
  assert.equal(accepted.success, true);
  assert.deepEqual([alice.call.participants.length, alice.call.participants[0].connection, stage.network.open], [1, "connected", 2]);
}

async function callThatIsLeftWithoutAConnectionEndsWithTheNextOne() {
  const stage = await callOf();
  const [alice, bob] = stage.tabs;
  alice.cut();
  await stage.run(0);
  void alice.calls.end();
  assert.deepEqual([alice.call, media(alice)], [undefined, []], "devices are closed immediately");
  await stage.run(5);
  assert.deepEqual([bob.state.ended.reason, stage.server.ended.at(-1).reason], ["completed", "completed"]);
}

async function callThatIsEndedWhileItIsJoinedLeavesNothing() {
  for (const delay of [0, 0.04, 0.08, 0.12, 0.2]) {
    const stage = await stageOf();
    const [alice, bob] = stage.tabs;
    const started = alice.calls.start(ROOM);
    await stage.run(delay);
    await done(stage, alice.calls.end());
    await stage.run(2);
    assert.ok(["cancelled", undefined].includes((await started).code));
    assert.deepEqual([alice.call, media(alice), bob.state.incoming, stage.server.running, alice.state.ended.reason], [undefined, [], [], [], "left"]);
  }
}

async function reloadedPageTakesPartAgain() {
  const stage = await callOf(undefined, undefined, { media: "video" });
  const [alice, bob] = stage.tabs;
  await done(stage, bob.calls.setAudio(false));
  const { callId, self } = bob.call;
  bob.reload();
  await stage.run(4);
  assert.deepEqual([bob.call.callId, bob.call.self.participantId !== self.participantId, alice.call.participants.length], [callId, true, 1]);
  assert.deepEqual([bob.call.self.audio, bob.call.self.video, alice.call.participants[0].audio, alice.call.participants[0].connection], [false, true, false, "connected"]);
  assert.deepEqual(bob.browser.live.map(({ kind, enabled }) => [kind, enabled]).sort(), [["audio", false], ["video", true]]);
  void alice.calls.end();
  await stage.run(1);
  bob.reload();
  await stage.run(2);
  assert.deepEqual([bob.call, stage.requested("rejoinCall").length], [undefined, 1], "a call that has ended is forgotten");
}

async function pageOfAnotherUserDoesNotReturnToTheCall() {
  const stage = await callOf();
  const [alice, bob] = stage.tabs;
  bob.user = "alice";
  bob.reload();
  await stage.run(2);
  assert.deepEqual([bob.call, stage.requested("rejoinCall")], [undefined, []]);
  assert.equal(alice.call.participants[0].away, true);
}

async function mediaOutlastsTheServer() {
  const stage = await callOf();
  const [alice, bob] = stage.tabs;
  const restarts = stage.requested("getIceServers").length;
  stage.server.restart(10_000);
  await stage.run(8);
  assert.deepEqual([alice.call.away, bob.call.away, alice.call.participants[0].connection, stage.network.open], [true, true, "connected", 2]);
  await stage.run(12);
  assert.deepEqual([alice.call.away, bob.call.away, alice.call.participants[0].away], [false, false, false]);
  assert.ok(stage.requested("getIceServers").length > restarts, "signals may be lost, so ICE is restarted");
  assert.deepEqual([alice, bob].map(({ call }) => call.participants[0].connection), ["connected", "connected"]);
  stage.server.isUp = false;
  stage.server.cutAll();
  await stage.run(60);
  assert.equal(alice.call.participants[0].connection, "connected");
  stage.server.isUp = true;
  await stage.run(10);
  assert.deepEqual([alice.state.ended.reason, bob.state.ended.reason, stage.network.open], ["lost", "lost", 0]);
}

async function failedPathIsReplacedWithNewServers() {
  const stage = await callOf(undefined, { iceServers: [{ urls: ["turn:one"] }], relayOnly: true });
  const [alice, bob] = stage.tabs;
  const configurations = () => [...stage.network.connections.values()].map(({ configuration }) => configuration);
  configurations().forEach((each) => assert.deepEqual(each, { iceServers: [{ urls: ["turn:one"] }], iceTransportPolicy: "relay" }));
  stage.server.iceServers = [{ urls: ["turn:two"] }];
  stage.network.break("alice0", "bob1");
  await stage.run(12);
  assert.deepEqual([alice, bob].map(({ call }) => call.participants[0].connection), ["reconnecting", "reconnecting"]);
  stage.network.heal();
  await stage.run(40);
  assert.deepEqual([alice, bob].map(({ call }) => call.participants[0].connection), ["connected", "connected"]);
  configurations().forEach(({ iceServers }) => assert.deepEqual(iceServers, [{ urls: ["turn:two"] }]));
}

async function credentialsAreRenewedBeforeTheyEnd() {
  const stage = await stageOf();
  const { server, world } = stage;
  const grants = () => ({ iceServers: [], expiresAt: new Date(world.now + 3_600_000).toISOString() });
  const { answer } = server;
  server.answer = (link, event, payload) => {
    const answered = answer.call(server, link, event, payload);
    return event === "getIceServers" ? { ...answered, ...grants() } : event === "startCall" ? { ...answered, iceExpiresAt: grants().expiresAt } : answered;
  };
  server.members = { [ROOM]: ["alice", "bob", "carol"] };
  await done(stage, stage.tabs[0].calls.start(ROOM));
  await done(stage, stage.tabs[1].calls.accept(stage.tabs[1].state.incoming[0].callId));
  await stage.run(3_500);
  assert.equal(stage.requested("getIceServers").length, 0);
  await stage.run(100);
  assert.equal(stage.requested("getIceServers").length, 1);
  await stage.run(3_600);
  assert.equal(stage.requested("getIceServers").length, 2);
}

async function candidatesAreSentTogether() {
  const stage = await callOf();
  const signals = stage.requested("signalCall");
  for (const kind of ["offer", "answer"]) assert.equal(signals.filter((signal) => signal.kind === kind).length, 1);
  const lists = signals.filter(({ kind, data }) => kind === "candidates" && data);
  assert.ok(lists.length <= 4 && lists.flatMap(({ data }) => data).length === 6, JSON.stringify(lists));
  assert.equal(signals.filter(({ data }) => data === null).length, 2);
  const [connection] = stage.network.connections.values();
  const json = { candidate: "candidate:9" };
  for (let i = 0; i < 120; i++) connection.onicecandidate({ candidate: { ...json, toJSON: () => json } });
  await stage.run(1);
  assert.deepEqual(stage.requested("signalCall").slice(-3).map(({ data }) => data.length), [50, 50, 20]);
}

async function signalsArePassedOnOnceAndInOrder() {
  const stage = await callOf();
  const [alice, bob] = stage.tabs;
  const { callId, self, participants } = bob.call;
  const [connection] = [...stage.network.connections.values()].filter(({ device }) => device === "bob1");
  const added = [];
  connection.addIceCandidate = async ({ candidate }) => void added.push(candidate);
  const { n } = [...stage.server.running[0].participants.values()].find(({ participantId }) => participantId === self.participantId);
  const tell = (number, ...candidates) => bob.socket.receive("callSignal", { callId, n: number, from: participants[0].participantId, kind: "candidates", data: candidates.map((candidate) => ({ candidate })) });
  tell(n + 1, "a");
  tell(n + 1, "again");
  tell(n, "older");
  await stage.run(1);
  assert.deepEqual(added, ["a"]);
  const before = stage.requested("getIceServers").length;
  tell(n + 3, "c");
  await stage.run(2);
  assert.equal(stage.requested("rejoinCall").at(-1).after, n + 1, "what is missing is requested");
  assert.ok(stage.requested("getIceServers").length > before, "the server does not have it: ICE is restarted");
  assert.equal(alice.call.participants[0].connection, "connected");
}

async function mediaServerIsHandedToTheHost() {
  const sfu = { provider: "livekit", url: "wss://sfu", token: "t", expiresAt: "2030-01-01T00:00:00Z" };
  const stage = await callOf(["alice", "bob", "carol"], { sfu });
  for (const { call } of stage.tabs) {
    assert.deepEqual([call.mode, call.sfu, call.participants.length, call.participants[0].stream], ["sfu", sfu, 2, undefined]);
    assert.ok(call.self.stream);
  }
  assert.deepEqual([stage.network.open, stage.requested("signalCall")], [0, []]);
}

async function eightAreConnectedWithEachOther() {
  const stage = await callOf(Array.from({ length: 8 }, (_, i) => `user${i}`));
  await stage.run(5);
  for (const { call } of stage.tabs) assert.deepEqual(call.participants.map(({ connection }) => connection), Array(7).fill("connected"));
  assert.equal(stage.network.open, 56);
  assert.equal(stage.requested("signalCall").filter(({ kind }) => kind === "offer").length, 28, "each pair negotiates once");
}

async function pageTakesPartInOneCall() {
  const stage = await callOf();
  const [alice] = stage.tabs;
  for (const action of [alice.calls.start("another"), alice.calls.accept("another")]) assert.equal((await action).code, "busy");
  void alice.calls.end();
  await stage.run(1);
  for (const action of ["end", "setAudio", "setVideo", "setScreen"]) assert.equal((await alice.calls[action](true)).code, "call_not_found");
  stage.server.isUp = false;
  alice.cut();
  await stage.run(1);
  assert.equal((await alice.calls.start(ROOM)).code, "unavailable");
}

async function closedChatEndsTheCall() {
  const stage = await callOf();
  const [alice, bob] = stage.tabs;
  alice.chat.close();
  await stage.run(1);
  assert.deepEqual([media(alice), bob.state.ended?.reason ?? bob.call.participants[0].away], [[], bob.state.ended ? "completed" : true]);
  assert.equal(alice.browser.listeners, 0);
}

async function callsAreOffWithoutTheServersOrTheBrowsersPart() {
  const stage = await stageOf(undefined, { supports: [] });
  const [alice] = stage.tabs;
  assert.deepEqual([alice.state.supported, (await alice.calls.start(ROOM)).code], [false, "not_supported"]);
  const other = await stageOf();
  other.tabs[0].browser.isSupported = false;
  assert.equal((await other.tabs[0].calls.start(ROOM)).code, "not_supported");
}

await ringsOnAllDevicesUntilOneAnswers();
await callThatDoesNotRingIsJoinedWithWhatItIsFor();
await ringingEnds();
await deviceThatConnectsLaterRingsAndOneThatWasAwayDoesNotRingForAnEndedCall();
await devicesThatCannotBeOpenedHaveACode();
await devicesAreSwitchedWithoutAnotherNegotiation();
await deviceThatIsRemovedIsReplaced();
await bothCallAtOnce();
await requestWhoseAnswerIsLostIsRepeated();
await callThatIsLeftWithoutAConnectionEndsWithTheNextOne();
await callThatIsEndedWhileItIsJoinedLeavesNothing();
await reloadedPageTakesPartAgain();
await pageOfAnotherUserDoesNotReturnToTheCall();
await mediaOutlastsTheServer();
await failedPathIsReplacedWithNewServers();
await credentialsAreRenewedBeforeTheyEnd();
await candidatesAreSentTogether();
await signalsArePassedOnOnceAndInOrder();
await mediaServerIsHandedToTheHost();
await eightAreConnectedWithEachOther();
await pageTakesPartInOneCall();
await closedChatEndsTheCall();
await callsAreOffWithoutTheServersOrTheBrowsersPart();
console.log(JSON.stringify({ client: "course", event: "finished" }));
