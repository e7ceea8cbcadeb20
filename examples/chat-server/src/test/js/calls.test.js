// Usage: node calls.test.js <command that starts the server>
//
// Calls of the page, with the microphone and camera that the browser simulates: ringing on several devices, what others see and
// hear, a group, devices that are refused, and what a call survives.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertAccessible } from "./axe.js";
import { launchBrowser } from "./browser.js";
import { reservedPort } from "./port.js";
import { askAs } from "./requests.js";
import { startServer } from "./server.js";
import { allStarted } from "./start.js";
import { openTab } from "./tab.js";

const COMMAND = process.argv.slice(2);
const SHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const WIDE = { viewport: { width: 1200, height: 800 }, colorScheme: "light" };
const PHONE = { viewport: { width: 390, height: 760 }, colorScheme: "dark", hasTouch: true, isMobile: true };
const GROUP = "Night watch";
const SIMULATED = [
  "--use-fake-ui-for-media-stream",
  // The second camera has only depths, and the third real pictures.
  "--use-fake-device-for-media-stream=device-count=3",
  "--auto-select-desktop-capture-source=Entire screen",
  // The container has no service that resolves the names which hide the addresses of devices.
  "--disable-features=WebRtcHideLocalIpsWithMdns",
];

let folder, server, browser, ada, ben, carl;

const startAt = (port) =>
  startServer(COMMAND, {
    SOCKET_PORT: port,
    CHAT_STORE: "embedded",
    CHAT_DATA_DIR: folder,
    CHAT_DEMO: "true",
    CHAT_CALLS: "true",
    CHAT_RATE_LIMITS: "off",
  });

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), "roomcast-"));
  [server, browser] = await allStarted(startAt(await reservedPort()), launchBrowser({ args: SIMULATED }));
  [ada, ben, carl] = await Promise.all([openTab(browser, WIDE), openTab(browser, PHONE), openTab(browser, WIDE)]);
  await ada.enter(server.url, "ada", "desk");
  await ben.enter(server.url, "ben", "desk");
  await ada.createDirect("ben");
  await ada.seesTitle("ben");
});

after(async () => {
  await browser?.close();
  await server?.kill();
  await rm(folder, { recursive: true, force: true });
});

const shot = (name) => join(SHOTS, `calls-${name}.png`);
const button = (tab, name) => tab.page.getByRole("button", { name, exact: true });
const dialog = (tab) => tab.page.locator("#ring-dialog[open]");
const panel = (tab) => tab.page.locator("#call");
const tile = (tab, user, kind = "person") => tab.page.locator(`.call-tile[data-user="${user}"][data-kind="${kind}"]`);
const line = (tab, words) => tab.page.locator("#list .call-line", { hasText: words });
const noCall = (tab) => panel(tab).waitFor({ state: "hidden" });
const titled = (tab, start) => tab.page.waitForFunction((text) => document.title.startsWith(text), start);

/** Waits until the picture of a user moves. */
async function moves(tab, user, kind = "person") {
  await tab.page.waitForFunction((selector) => {
    const video = document.querySelector(selector);
    const [before, now] = [window.seenTimes?.[selector], video?.checkVisibility() ? video.currentTime : 0];
    window.seenTimes = { ...window.seenTimes, [selector]: now };
    return video?.videoWidth > 0 && before > 0 && now > before;
  }, `.call-tile[data-user="${user}"][data-kind="${kind}"] video`);
}

/** Waits until the sound of a user is played. */
async function sounds(tab, user) {
  const isPlayed = (selector) => {
    const audio = document.querySelector(selector);
    return audio && !audio.paused && audio.currentTime > 0 && audio.srcObject.getAudioTracks().some(({ muted }) => !muted);
  };
  await tab.page.waitForFunction(isPlayed, `.call-tile[data-user="${user}"] audio`);
}

const seeEachOther = async (...pairs) => Promise.all(pairs.map(([tab, user]) => moves(tab, user)));

/** Returns the calls of the direct conversation of two users, as the server has stored them. */
async function storedCalls() {
  const conversationId = await ada.page.evaluate(() => decodeURIComponent(location.hash.slice(1)));
  const { messages } = await askAs(server, "ada", "getMessages", { conversationId, limit: 100 });
  return messages.filter(({ type }) => type === "call").map(({ metadata }) => metadata.call);
}

async function answers(tab, name = "Answer with video") {
  await dialog(tab).waitFor();
  await button(tab, name).click();
}

async function hangUp(tab) {
  await button(tab, "Hang up").click();
  await noCall(tab);
}

test("a call rings in the other page, and once it is answered both see each other", async () => {
  await button(ada, "Video call").click();
  await dialog(ben).getByText("ada is calling").waitFor();
  await titled(ben, "ada is calling · ");
  await panel(ada).getByText("Ringing…").first().waitFor();
  await Promise.all([assertAccessible(ben, "a call that rings"), assertAccessible(ada, "a call that is not answered")]);
  await Promise.all([ben.screenshot(shot("ringing-phone")), ada.screenshot(shot("waiting-wide"))]);
  assert.equal(await ben.page.evaluate(() => document.activeElement.id), "ring-dialog");

  await answers(ben);
  await seeEachOther([ada, "ben"], [ben, "ada"], [ada, "ada"]);
  await Promise.all([sounds(ada, "ben"), sounds(ben, "ada")]);
  await ben.seesTitle("ada");
  await titled(ben, "ada · ");
  await panel(ada).getByText(/^\d+:\d\d$/).waitFor();
  await Promise.all([assertAccessible(ada, "a call"), assertAccessible(ben, "a call on a phone")]);
  await Promise.all([ada.screenshot(shot("video-wide")), ben.screenshot(shot("video-phone"))]);
});

test("others see who is muted, and names in place of cameras that are off", async () => {
  await button(ada, "Mute").click();
  await tile(ben, "ada").getByText("muted").waitFor();
  await button(ada, "Unmute").click();
  await tile(ben, "ada").getByText("muted").waitFor({ state: "hidden" });
  await button(ada, "Turn the camera off").click();
  await tile(ben, "ada").locator("video").waitFor({ state: "hidden" });
  await tile(ben, "ada").locator(".avatar", { hasText: "A" }).waitFor();
  await ben.screenshot(shot("camera-off-phone"));
  await button(ada, "Turn the camera on").click();
  await moves(ben, "ada");
});

test("a shared screen is shown beside the camera", async () => {
  await button(ada, "Share the screen").click();
  await moves(ben, "ada", "screen");
  await tile(ben, "ada", "screen").getByText("Screen of ada").waitFor();
  await moves(ben, "ada");
  await ben.screenshot(shot("screen-phone"));
  await button(ada, "Fill the page").click();
  await assertAccessible(ada, "a call that fills the page");
  await ada.screenshot(shot("full-wide"));
  await ada.page.keyboard.press("Escape");
  await ada.page.locator("#conversation").waitFor();
  await button(ada, "Stop sharing the screen").click();
  await tile(ben, "ada", "screen").waitFor({ state: "detached" });
});

test("another camera is used once it is chosen", async () => {
  await button(ada, "Microphone and camera").click();
  const cameras = ada.page.locator("#camera");
  await assertAccessible(ada, "devices");
  await ada.screenshot(shot("devices-wide"));
  const other = await cameras.locator("option").nth(2).getAttribute("value");
  await cameras.selectOption(other);
  const isUsed = (id) => document.querySelector(".call-tile.self video").srcObject.getVideoTracks()[0]?.getSettings().deviceId === id;
  await ada.page.waitForFunction(isUsed, other);
  await ada.page.locator("#devices-dialog").getByRole("button", { name: "Close" }).click();
  await moves(ben, "ada");
});

test("a call goes on while another conversation is read", async () => {
  await ben.back();
  await ben.open("desk");
  await ben.say("Meanwhile at the desk");
  await ben.seesStored("Meanwhile at the desk");
  await assertAccessible(ben, "a call beside another conversation");
  await ben.screenshot(shot("bar-phone"));
  await moves(ada, "ben");
  await button(ben, "Mute").click();
  await tile(ada, "ben").getByText("muted").waitFor();
  await button(ben, "Show").click();
  await ben.seesTitle("ada");
  await moves(ben, "ada");
});

test("after a reload the page takes part in the same call", async () => {
  await ben.page.reload();
  await seeEachOther([ben, "ada"], [ada, "ben"]);
  await tile(ada, "ben").getByText("muted").waitFor();
  assert.equal(await ada.page.locator(".call-tile").count(), 2);
});

test("a participant whose connection is cut is shown so, and is seen on", async () => {
  await ben.page.context().setOffline(true);
  await tile(ada, "ben").getByText("Connection lost").waitFor();
  await panel(ben).getByText("Reconnecting…").waitFor();
  await seeEachOther([ben, "ada"], [ada, "ben"]);
  await ada.screenshot(shot("away-wide"));
  await ben.page.context().setOffline(false);
  await tile(ada, "ben").getByText("Connection lost").waitFor({ state: "hidden" });
  await panel(ben).getByText("Reconnecting…").waitFor({ state: "hidden" });
});

test("pictures move on while the server restarts, and the call goes on afterwards", async () => {
  const { port } = server;
  await server.kill();
  await panel(ada).getByText("Reconnecting…").waitFor();
  await seeEachOther([ben, "ada"], [ada, "ben"]);
  await assertAccessible(ada, "a call without the server");
  await ada.screenshot(shot("reconnecting-wide"));
  server = await startAt(port);
  await panel(ada).getByText("Reconnecting…").waitFor({ state: "hidden" });
  await panel(ben).getByText("Reconnecting…").waitFor({ state: "hidden" });
  await button(ben, "Unmute").click();
  await tile(ada, "ben").getByText("muted").waitFor({ state: "hidden" });
  await seeEachOther([ben, "ada"], [ada, "ben"]);
});

test("a call that has ended is one line of the history", async () => {
  await hangUp(ben);
  await noCall(ada);
  await ada.page.getByText(/^ben ended the call after \d:\d\d\.$/).waitFor();
  await line(ada, /^\s*Video call, \d:\d\d/).waitFor();
  await line(ben, /^\s*Video call, \d:\d\d/).waitFor();
  const [{ outcome, participants }, ...others] = await storedCalls();
  assert.deepEqual([outcome, participants, others], ["completed", 2, []]);
  await assertAccessible(ada, "a call in the history");
});

test("a call rings on all devices of a user until one of them answers", async () => {
  const second = await ben.sibling();
  await second.enter(server.url, "ben", "desk");
  await line(ada, "Video call").getByRole("button", { name: "Call again" }).click();
  await Promise.all([dialog(ben).waitFor(), dialog(second).waitFor()]);
  await answers(second, "Answer");
  await dialog(ben).waitFor({ state: "detached" });
  await titled(ben, "ada · ");
  await panel(second).getByText(/^\d+:\d\d$/).waitFor();
  await hangUp(ada);
  await noCall(second);
  second.assertHealthy();
  await second.page.close();
});

test("a call that is declined says so", async () => {
  await button(ada, "Call").click();
  await dialog(ben).waitFor();
  await button(ben, "Decline").click();
  await dialog(ben).waitFor({ state: "detached" });
  await ada.page.getByText("ben declined.").waitFor();
  await line(ada, "Call, declined").waitFor();
  await noCall(ada);
});

test("a missed call can be called back, and a call can ring unanswered", async () => {
  await button(ada, "Call").click();
  await dialog(ben).waitFor();
  await hangUp(ada);
  await dialog(ben).waitFor({ state: "detached" });
  await line(ben, "Missed call").waitFor();
  await assertAccessible(ben, "a missed call");
  await ben.screenshot(shot("missed-phone"));
  await line(ben, "Missed call").getByRole("button", { name: "Call back" }).click();
  await dialog(ada).getByText("ben is calling").waitFor();
  await ada.screenshot(shot("ringing-wide"));
  await ada.page.keyboard.press("Escape");
  await dialog(ada).waitFor({ state: "detached" });
  await button(ada, "Join").click();
  await panel(ada).getByText(/^\d+:\d\d$/).waitFor();
  await hangUp(ada);
  await noCall(ben);
});

test("in a group everybody sees everybody, also who comes later", async () => {
  await askAs(server, "ben", "createConversation", { kind: "group", title: GROUP, memberIds: ["ada", "carl"] });
  await ben.back();
  await ben.open(GROUP);
  await button(ben, "Video call").click();
  await dialog(ada).getByText(GROUP).waitFor();
  await panel(ben).getByText("Ringing for ada").waitFor();
  await answers(ada);
  await seeEachOther([ada, "ben"], [ben, "ada"]);
  await carl.enter(server.url, "carl", "desk");
  await dialog(carl).waitFor();
  await button(carl, "Not now").click();
  await carl.open(GROUP);
  await carl.page.getByText("Video call in progress").waitFor();
  await assertAccessible(carl, "a call that others have");
  await carl.screenshot(shot("running-wide"));
  await button(carl, "Join").click();
  await seeEachOther([ada, "carl"], [ben, "carl"], [carl, "ada"], [carl, "ben"]);
  await Promise.all([ada.screenshot(shot("group-wide")), ben.screenshot(shot("group-phone"))]);
  await button(ben, "End for everybody").click();
  await button(ben, "Really end it?").click();
  await Promise.all([ada, ben, carl].map(noCall));
  await line(carl, /Video call, \d:\d\d, 3 people/).waitFor();
});

test("a microphone that the browser refuses and a camera that is missing are said in plain words", async () => {
  // This browser asks the user for permissions, which nobody gives, and has no camera.
  const plain = await launchBrowser({ args: ["--use-fake-device-for-media-stream=device-count=0"] });
  after(() => plain.close());
  const dora = await openTab(plain, WIDE);
  await dora.enter(server.url, "dora", "desk");
  await dora.createDirect("carl");
  await button(dora, "Call").click();
  await dora.page.locator("#call-note", { hasText: "This browser does not let the page use the microphone." }).waitFor();
  await noCall(dora);
  assert.equal(await dialog(carl).count(), 0);
  await assertAccessible(dora, "a refused microphone");
  await dora.screenshot(shot("refused-wide"));
  await button(dora, "Call without a microphone").click();
  await answers(carl, "Answer");
  await panel(dora).getByText(/^\d+:\d\d$/).waitFor();
  await tile(carl, "dora").getByText("muted").waitFor();
  await hangUp(carl);
  await noCall(dora);

  await dora.page.context().grantPermissions(["microphone", "camera"]);
  await button(dora, "Video call").click();
  await panel(dora).getByText("No camera was found.").waitFor();
  await answers(carl, "Answer");
  await tile(carl, "dora").waitFor();
  await dora.screenshot(shot("no-camera-wide"));
  await hangUp(dora);
  await noCall(carl);
  dora.assertHealthy();
});

test("a call rings with a sound only after the user has pressed something", async () => {
  const emil = await openTab(browser, WIDE);
  await emil.page.addInitScript(() => {
    window.sounds = 0;
    // The scripts of a test count as presses of the user.
    const activation = { hasBeenActive: false };
    Object.defineProperty(navigator, "userActivation", { get: () => activation });
    addEventListener("pointerdown", () => (activation.hasBeenActive = true));
    window.AudioContext = class extends AudioContext {
      constructor() {
        super();
        window.sounds++;
      }
    };
  });
  await emil.enter(server.url, "emil", "desk");
  await emil.page.reload();
  await emil.seesStatus("Online");
  await carl.createDirect("emil");
  const rings = async (expected) => {
    await button(carl, "Call").click();
    await dialog(emil).waitFor();
    await emil.page.waitForFunction((count) => window.sounds === count, expected);
    await hangUp(carl);
    await dialog(emil).waitFor({ state: "detached" });
  };
  await rings(0);
  await emil.page.locator("#content").click();
  await rings(1);
  await button(emil, "Preferences").click();
  await emil.page.getByLabel("ring with a sound").uncheck();
  await emil.page.keyboard.press("Escape");
  await rings(1);
  emil.assertHealthy();
});

test("four of the others are pictures, a shared screen first, and the rest are names", async () => {
  const shown = await carl.page.evaluate(async () => {
    const { tilesOf } = await import("./model/call-tiles.js");
    const stream = new MediaStream();
    const others = Array.from({ length: 6 }, (_, i) => ({ participantId: `${i}`, userId: `user-${i}`, audio: true, video: i > 0, stream }));
    Object.assign(others[2], { screen: true, screenStream: stream });
    const tiles = tilesOf({ self: { audio: true, video: true, stream }, participants: others }, "carl");
    return tiles.map(({ key, hasPicture }) => `${key}${hasPicture ? " picture" : ""}`);
  });
  const others = ["screen 2 picture", "0", "1 picture", "2 picture", "3 picture", "4", "5"];
  assert.deepEqual(shown, [...others, "own picture"]);
});

test("each outcome of a call has words for both sides", async () => {
  const words = await carl.page.evaluate(async () => {
    const { outcomeOf } = await import("./model/call-words.js");
    const outcomes = ["completed", "missed", "declined", "busy", "cancelled", "failed", "lost"];
    const of = (senderId, outcome) => ({ senderId, metadata: { call: { media: "audio", outcome, durationMs: 3_725_000, participants: 3 } } });
    return outcomes.map((outcome) => ["carl", "ada"].map((sender) => outcomeOf(of(sender, outcome), "carl").words));
  });
  assert.deepEqual(words, [
    ["Call, 1:02:05, 3 people", "Call, 1:02:05, 3 people"],
    ["Call, no answer", "Missed call"],
    ["Call, declined", "Call, declined"],
    ["Call, busy", "Missed call"],
    ["Call, cancelled", "Missed call"],
    ["Call, no connection", "Call, no connection"],
    ["Call, connection lost after 1:02:05", "Call, connection lost after 1:02:05"],
  ]);
});

test("who is busy is said according to what was requested", async () => {
  const words = await carl.page.evaluate(async () => {
    const { callFailureWords, joinFailureWords } = await import("./model/call-words.js");
    const codes = ["busy", "call_full", "permission_denied"];
    return [callFailureWords, joinFailureWords].map((of) => codes.map((code) => of({ code })));
  });
  const [[otherIsBusy, ...started], [pageIsBusy, ...joined]] = words;
  assert.deepEqual([otherIsBusy, pageIsBusy], ["The other one is in another call. Your call is shown there as missed.", "You are in another call. End it first."]);
  assert.deepEqual(started, joined);
});

test("nothing went wrong on the way", () => {
  for (const tab of [ada, ben, carl]) tab.assertHealthy();
});
