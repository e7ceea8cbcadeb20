// Devices and screens of a call whose prompts stay open while something else happens: nothing stays open that was not wanted.
import assert from "node:assert/strict";
import { callOf, done, media, prompts, stageOf, starts } from "./call-stage.mjs";

const HEADSET = [{ kind: "audioinput", deviceId: "headset", label: "" }];

async function deviceThatFailsAfterTheEndOfACallOpensNoOther() {
  for (const [how, error, stageOfCall, act] of [
    ["the camera of a call that starts", "NotReadableError", stageOf, (alice) => starts(alice, { media: "video" })],
    ["a microphone alone", "NotAllowedError", stageOf, starts],
    ["a microphone that was chosen and is gone", "OverconstrainedError", stageOf, (alice) => alice.calls.chooseMicrophone("headset").then(() => starts(alice))],
    ["another camera, which is in use", "NotReadableError", () => callOf(undefined, undefined, { media: "video" }), ({ calls }) => calls.chooseCamera("second")],
    ["another microphone, which is gone", "NotFoundError", callOf, ({ calls }) => calls.chooseMicrophone("headset")],
    ["a camera during a call", "NotReadableError", callOf, ({ calls }) => calls.setVideo(true)],
  ]) {
    for (const isInNextCall of [false, true]) {
      const stage = await stageOfCall();
      const [alice] = stage.tabs;
      alice.browser.listed = HEADSET;
      const asked = prompts(alice);
      void act(alice);
      await stage.run(1);
      await done(stage, alice.calls.end());
      if (isInNextCall) void starts(alice);
      await stage.run(1);
      asked[0].deny(error);
      await stage.run(2);
      assert.deepEqual([asked.length, media(alice)], [isInNextCall ? 2 : 1, []], how);
      if (!isInNextCall) continue;
      assert.deepEqual(alice.call.self.problems, {}, `${how}: it is no problem of the next call`);
      asked[1].allow();
      await stage.run(2);
      assert.equal(media(alice).length, 1, how);
    }
  }
}

async function whatIsSwitchedOffDoesNotWaitForAPrompt() {
  const stage = await callOf(undefined, undefined, { media: "video" });
  const [alice, bob] = stage.tabs;
  const seen = () => (({ audio, video, screen }) => [audio, video, screen])(bob.call.participants[0]);
  await done(stage, alice.calls.setScreen(true));
  alice.browser.listed = HEADSET;
  const asked = prompts(alice);
  void alice.calls.chooseMicrophone("headset");
  await stage.run(1);
  assert.deepEqual(seen(), [true, true, true]);
  for (const [change, still] of [
    ["setAudio", [false, true, true]],
    ["setVideo", [false, false, true]],
    ["setScreen", [false, false, false]],
  ]) {
    assert.deepEqual(await done(stage, alice.calls[change](false)), { success: true }, change);
    const { audio, video, screen } = alice.call.self;
    assert.deepEqual([[audio, video, screen], seen(), asked.length], [still, still, 1], change);
  }
  assert.deepEqual([media(alice), alice.browser.live[0].enabled], [["audio default audio"], false]);
  asked[0].allow();
  await stage.run(2);
  assert.deepEqual([media(alice), alice.browser.live[0].enabled], [["audio headset"], false], "another microphone is muted as well");
  assert.equal((await done(stage, alice.calls.setAudio(true))).success, true);
  assert.deepEqual([seen(), asked.length], [[true, false, false], 1]);
}

async function whatIsSwitchedOffWhileThePromptIsOpenStaysOff() {
  for (const [change, name, remains] of [
    ["setVideo", "open", []],
    ["setScreen", "openScreen", []],
    ["setAudio", "open", [["audio", false]]],
  ]) {
    const stage = await stageOf();
    const [alice] = stage.tabs;
    await done(stage, starts(alice, { audio: false }));
    const asked = prompts(alice, name);
    void alice.calls[change](true);
    await stage.run(1);
    void alice.calls[change](false);
    asked[0].allow();
    await stage.run(2);
    assert.deepEqual(alice.browser.live.map(({ kind, enabled }) => [kind, enabled]), remains, change);
    assert.deepEqual([alice.call.self.audio, alice.call.self.video, alice.call.self.screen], [false, false, false], change);
    void alice.calls[change](true);
    await stage.run(1);
    asked[1]?.allow();
    await stage.run(2);
    assert.equal(alice.call.self[change.slice(3).toLowerCase()], true, `${change} on again`);
    assert.equal(alice.browser.live.length, 1, change);
  }
}

async function cameraThatIsSwitchedOffIsNotOpenedAgain() {
  for (const [how, act] of [
    ["another one was chosen", ({ calls }) => calls.chooseCamera("second")],
    ["it was removed", ({ browser }) => browser.live.find(({ kind }) => kind === "video").onended()],
  ]) {
    const stage = await callOf(undefined, undefined, { media: "video" });
    const [alice] = stage.tabs;
    alice.browser.listed = HEADSET;
    const asked = prompts(alice);
    // What is opened waits for the first prompt.
    void alice.calls.chooseMicrophone("headset");
    void act(alice);
    await stage.run(1);
    void alice.calls.setVideo(false);
    asked[0].allow();
    await stage.run(1);
    assert.deepEqual([asked.map(({ kinds }) => kinds), media(alice)], [[["audio"]], ["audio headset"]], how);
  }
}

async function cameraThatIsSwitchedOffWhileACallIsJoinedStaysOff() {
  const stage = await stageOf();
  const [alice, bob] = stage.tabs;
  const asked = prompts(alice);
  void starts(alice, { media: "video" });
  await stage.run(1);
  void alice.calls.setVideo(false);
  void alice.calls.setAudio(false);
  asked[0].allow();
  await stage.run(2);
  await done(stage, bob.calls.accept(alice.call.callId));
  assert.deepEqual([media(alice), alice.browser.live[0].enabled], [["audio default audio"], false]);
  assert.deepEqual([bob.call.participants[0].audio, bob.call.participants[0].video], [false, false]);
}

async function screenThatIsChosenAfterTheEndOfACallIsNotCaptured() {
  for (const isDeviceAsked of [false, true]) {
    for (const isNext of [false, true]) {
      const stage = await callOf();
      const [alice] = stage.tabs;
      const [devices, screens] = [prompts(alice), prompts(alice, "openScreen")];
      if (isDeviceAsked) void alice.calls.setVideo(true);
      void alice.calls.setScreen(true);
      await stage.run(1);
      if (isDeviceAsked) screens[0].allow();
      await done(stage, alice.calls.end());
      if (isNext) void starts(alice);
      await stage.run(1);
      if (!isDeviceAsked) screens[0].allow();
      devices.forEach(({ allow }) => allow());
      await stage.run(2);
      assert.deepEqual(media(alice), isNext ? ["audio default audio"] : []);
      assert.equal(alice.call?.self.screen, isNext ? false : undefined);
    }
  }
}

async function soundOfAScreenIsNotCapturedInVain() {
  const stage = await callOf();
  const [alice] = stage.tabs;
  const { openScreen } = alice.browser;
  const sound = { kind: "audio", stop: () => (sound.readyState = "ended") };
  alice.browser.openScreen = async () => {
    const stream = await openScreen.call(alice.browser);
    return { ...stream, getAudioTracks: () => [sound], getVideoTracks: stream.getVideoTracks };
  };
  await done(stage, alice.calls.setScreen(true));
  assert.deepEqual([alice.call.self.screen, sound.readyState], [true, "ended"]);
}

await deviceThatFailsAfterTheEndOfACallOpensNoOther();
await whatIsSwitchedOffDoesNotWaitForAPrompt();
await whatIsSwitchedOffWhileThePromptIsOpenStaysOff();
await cameraThatIsSwitchedOffIsNotOpenedAgain();
await cameraThatIsSwitchedOffWhileACallIsJoinedStaysOff();
await screenThatIsChosenAfterTheEndOfACallIsNotCaptured();
await soundOfAScreenIsNotCapturedInVain();
console.log(JSON.stringify({ client: "course", event: "finished" }));
