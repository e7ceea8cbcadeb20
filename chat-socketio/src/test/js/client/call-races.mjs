// Calls of which one thing ends while another begins: the ringing, the last call, a page that is loaded again.
import assert from "node:assert/strict";
import { createRoomCall } from "../../../main/resources/io/roomcast/chat/socketio/client/room-call.js";
import { callOf, done, media, prompts, stageOf, starts } from "./call-stage.mjs";
import { failure } from "./model-server.mjs";

async function groupCallThatIsAcceptedAsTheRingingEndsContinues() {
  const stage = await stageOf(["alice", "bob", "carol"]);
  const [alice, bob, carol] = stage.tabs;
  await done(stage, starts(alice));
  await stage.run(40);
  const asked = prompts(bob);
  const { callId } = bob.state.incoming[0];
  void bob.calls.accept(callId);
  await stage.run(6);
  assert.deepEqual([bob.state.incoming, carol.state.incoming, bob.call.status], [[], [], "joining"], "the ringing ended meanwhile");
  asked[0].allow();
  await stage.run(2);
  assert.deepEqual([bob.call?.callId, alice.call.participants.length], [callId, 1]);
  assert.equal(alice.call.participants[0].connection, "connected");
  await done(stage, alice.calls.end({ forAll: true }));
  assert.equal(bob.call, undefined, "an end that is not of the ringing alone ends the call");
}

function roomKeepsACallOfWhichOnlyTheRingingHasEnded() {
  for (const reason of ["missed", "cancelled", "answeredElsewhere", "declinedElsewhere"]) {
    const call = createRoomCall();
    call.receive("callStarted", { callId: "c", media: "audio" });
    assert.equal(call.receive("callEnded", { callId: "c", reason, continues: true }), false, reason);
    assert.equal(call.get()?.callId, "c", reason);
    assert.equal(call.receive("callEnded", { callId: "another", reason: "missed" }), false);
    assert.equal(call.receive("callEnded", { callId: "c", reason: "missed" }), true);
    assert.equal(call.get(), undefined, reason);
  }
}

async function pageThatIsReloadedWhileItReturnsTakesPartAgain() {
  for (const users of [["alice", "bob"], ["alice", "bob", "carol"]]) {
    for (let delay = 0; delay <= 0.3; delay += 0.02) {
      const stage = await callOf(users, undefined, { media: "video" });
      const [alice, bob] = stage.tabs;
      const { callId } = bob.call;
      bob.reload();
      await stage.run(delay);
      bob.reload();
      await stage.run(delay / 2);
      bob.reload();
      await stage.run(25);
      const how = `${users.length} users, ${delay} s`;
      assert.deepEqual([bob.call?.callId, alice.call?.participants.length], [callId, users.length - 1], how);
      assert.deepEqual(alice.call.participants.map(({ connection, away }) => [connection, away]), users.slice(1).map(() => ["connected", false]), how);
      assert.equal(stage.network.open, users.length * (users.length - 1), how);
      assert.deepEqual(bob.browser.live.map(({ kind, enabled }) => [kind, enabled]).sort(), [["audio", true], ["video", true]], how);
    }
  }
}

async function pageThatReturnsLateJoinsNothing() {
  for (const [how, age, isJoined] of [
    ["a page that was loaded a moment ago", 5_000, true],
    ["a page that the browser restores later", 31_000, false],
    ["a page that was loaded once", undefined, false],
  ]) {
    const stage = await callOf(["alice", "bob", "carol"]);
    const [, bob] = stage.tabs;
    const place = bob.browser.load("roomcast call");
    bob.browser.save("roomcast call", { ...place, key: "an older one", ...(age !== undefined && { returnedAt: stage.world.now - age }) });
    const before = stage.requested("acceptCall").length;
    bob.reload();
    await stage.run(3);
    assert.deepEqual([bob.call !== undefined, stage.requested("acceptCall").length - before > 0, media(bob).length], [isJoined, isJoined, isJoined ? 1 : 0], how);
    assert.equal(bob.browser.load("roomcast call")?.callId, isJoined ? place.callId : undefined, how);
  }
}

async function callIsStartedOnceTheLastOneIsLeft() {
  for (const isAnswered of [true, false]) {
    const stage = await stageOf();
    const { server, tabs, requested } = stage;
    const [alice, bob] = tabs;
    await done(stage, starts(alice, { audio: false }));
    const first = alice.call.callId;
    // The server carries the end out later than what follows it, and its answer may be lost.
    const { request } = alice.chat;
    let pass;
    let ends = 0;
    const calls = [];
    alice.chat.request = (event, payload) => {
      calls.push(event);
      if (event !== "endCall" || ends++ > 0) return request(event, payload);
      return new Promise((resolve) => (pass = () => (isAnswered ? resolve(request(event, payload)) : resolve(failure("timeout", true)))));
    };
    void alice.calls.end();
    const started = starts(alice, { audio: false });
    await stage.run(3);
    assert.deepEqual([requested("startCall").length, alice.call.status], [1, "joining"], "nothing is started yet");
    pass();
    const answer = await done(stage, started, 3);
    assert.deepEqual([answer.success, answer.joined, answer.callId !== first], [true, false, true]);
    assert.deepEqual(calls.filter((event) => event !== "updateCall"), isAnswered ? ["endCall", "startCall"] : ["endCall", "rejoinCall", "endCall", "startCall"]);
    assert.deepEqual([server.running.length, bob.state.incoming.map(({ callId }) => callId)], [1, [answer.callId]]);
  }
}

async function callThatIsEndedWhileItWaitsForTheLastOneIsNotStarted() {
  const stage = await stageOf();
  const [alice] = stage.tabs;
  await done(stage, starts(alice, { audio: false }));
  const { request } = alice.chat;
  let pass;
  alice.chat.request = (event, payload) => (event === "endCall" ? new Promise((resolve) => (pass = () => resolve(request(event, payload)))) : request(event, payload));
  void alice.calls.end();
  const started = starts(alice, { audio: false });
  await stage.run(1);
  void alice.calls.end();
  pass();
  assert.equal((await done(stage, started)).code, "cancelled");
  assert.deepEqual([stage.requested("startCall").length, stage.server.running.length], [1, 0]);
}

async function offerThatCouldNotBeAnsweredIsTakenTheNextTime() {
  const stage = await stageOf();
  const [alice, bob] = stage.tabs;
  const { connection } = alice.browser;
  const { warn } = console;
  let attempts = 0;
  alice.browser.connection = (configuration) => {
    const made = connection(configuration);
    const set = made.setLocalDescription;
    made.setLocalDescription = async () => {
      if (made.signalingState === "have-remote-offer" && attempts++ === 0) throw new Error("out of memory");
      return set.call(made);
    };
    return made;
  };
  console.warn = () => {};
  await done(stage, starts(alice));
  await done(stage, bob.calls.accept(alice.call.callId));
  console.warn = warn;
  assert.deepEqual([attempts, alice.call.participants[0].connection], [1, "connecting"]);
  await stage.run(10);
  assert.deepEqual([alice, bob].map(({ call }) => call.participants[0].connection), ["connected", "connected"]);
}

async function renewalOfCredentialsThatFailsIsRepeated() {
  const stage = await stageOf();
  const { server, world, requested } = stage;
  const { answer } = server;
  const hour = () => new Date(world.now + 3_600_000).toISOString();
  let failures = 3;
  server.answer = (link, event, payload) => {
    const answered = answer.call(server, link, event, payload);
    if (event === "startCall") return { ...answered, iceExpiresAt: hour() };
    if (event !== "getIceServers") return answered;
    return failures-- > 0 ? failure("internal_error", true) : { ...answered, expiresAt: hour() };
  };
  const [alice, bob] = stage.tabs;
  await done(stage, starts(alice));
  await done(stage, bob.calls.accept(alice.call.callId));
  const count = () => requested("getIceServers").length;
  await stage.run(3_530);
  assert.equal(count(), 0);
  await stage.run(15);
  assert.equal(count(), 1);
  await stage.run(40);
  assert.equal(count(), 4, "it is repeated at intervals, until it succeeds before the old ones end");
  await stage.run(3_400);
  assert.equal(count(), 4);
  await stage.run(200);
  assert.equal(count(), 5);
  await done(stage, alice.calls.end());
  await stage.run(7_200);
  assert.equal(count(), 5, "nothing is renewed after the call");
}

await groupCallThatIsAcceptedAsTheRingingEndsContinues();
roomKeepsACallOfWhichOnlyTheRingingHasEnded();
await pageThatIsReloadedWhileItReturnsTakesPartAgain();
await pageThatReturnsLateJoinsNothing();
await callIsStartedOnceTheLastOneIsLeft();
await callThatIsEndedWhileItWaitsForTheLastOneIsNotStarted();
await offerThatCouldNotBeAnsweredIsTakenTheNextTime();
await renewalOfCredentialsThatFailsIsRepeated();
console.log(JSON.stringify({ client: "course", event: "finished" }));
