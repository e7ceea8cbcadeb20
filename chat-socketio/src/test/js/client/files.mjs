// Files of messages: uploads that go on after cuts, restarts and reloads, what a room shows of them, and addresses.
import assert from "node:assert/strict";
import { createFiles } from "../../../main/resources/io/roomcast/chat/socketio/client/files.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser } from "./model-client.mjs";
import { ModelFiles, ModelStore, fileOf } from "./model-files.mjs";
import { ModelServer, failure } from "./model-server.mjs";
import { ROOM, openRoom } from "./opened.mjs";
import { World } from "./world.mjs";

const LONG = "x".repeat(200_000);

/** Opens a room whose user sends files. A stage of another one has the same server and browser. */
async function openFiles({ stage, sendsMessages = true, measure, ...more } = {}) {
  const world = stage?.world ?? new World(1);
  const server = stage?.server ?? new ModelServer(world);
  const model = stage?.model ?? Object.assign(new ModelFiles(world, server), { sendsMessages });
  const store = stage?.store ?? new ModelStore();
  const browser = stage?.browser ?? new ModelBrowser(world);
  const storage = stage?.storage ?? inMemory();
  const files = (parts) => createFiles(parts, { send: model.send, measure, ...store });
  const opened = await openRoom({ world, server, browser, storage, files, ...more });
  const rows = () => opened.room.getSnapshot().messages;
  return { ...opened, model, store, browser, storage, rows, stored: () => server.room(ROOM).messages };
}

const attached = ({ attachments }) => attachments.map(({ fileName }) => fileName);
const textOf = ({ model }, name) => [...model.uploads.values()].find(({ fileName }) => fileName === name)?.text;
const requestsOf = ({ model }, method) => model.requests.filter((request) => request.method === method);

/** The server sends the message in one step, or the client sends it with the file that is ready. */
async function fileIsShownWithItsProgressAndSentOnce() {
  for (const sendsMessages of [true, false]) {
    const stage = await openFiles({ sendsMessages });
    const { room, run, rows, stored, requested, chat } = stage;
    const { clientMessageId } = room.sendFiles([fileOf("plan.pdf", LONG)], { content: "The plan", replyTo: "m0" });
    assert.deepEqual([rows()[0].status, rows()[0].content, rows()[0].replyTo, chat.getSnapshot().unsent], ["sending", "The plan", "m0", 1]);
    const steps = [];
    room.subscribe(() => steps.push(rows()[0].files?.[0].loaded));
    await run(30);
    assert.deepEqual([...new Set(steps)], [...new Set(steps)].sort((a, b) => a - b), "the progress never goes back");
    assert.ok(new Set(steps).size > 50);
    assert.deepEqual(stored().map((message) => [message.clientMessageId, attached(message)]), [[clientMessageId, ["plan.pdf"]]]);
    assert.deepEqual(rows().map((row) => [row.clientMessageId, row.status]), [[clientMessageId, undefined]]);
    assert.equal(textOf(stage, "plan.pdf"), LONG);
    assert.deepEqual([chat.getSnapshot().unsent, stage.store.size, stage.store.held], [0, 0, 0]);
    const [started] = requested("startUpload");
    assert.deepEqual(started.message, { content: "The plan", type: "file", replyTo: "m0", clientMessageId });
    assert.equal(requested("sendMessage").length, sendsMessages ? 0 : 1);
    assert.match(stored()[0].attachments[0].fileUrl, /^\/api\/files\/u1$/);
  }
}

async function severalFilesAreOneMessageAndTwoAreUploadedAtATime() {
  const stage = await openFiles();
  const { room, run, stored, requested, model } = stage;
  const names = ["a.txt", "b.txt", "c.png", "d.txt", "e.txt"];
  room.sendFiles(names.map((name, i) => fileOf(name, LONG.slice(i))));
  room.sendFiles([fileOf("f.png", "small", { type: "image/png" })], "A picture");
  await run(60);
  assert.equal(model.mostRunning, 2);
  assert.deepEqual(stored().map((message) => [message.content, message.type, attached(message)]), [
    ["A picture", "image", ["f.png"]],
    ["", "file", names],
  ]);
  assert.ok(requested("startUpload").slice(0, 5).every((payload) => payload.message === undefined));
  const others = await openFiles();
  others.server.supports = ["files"];
  for (const count of [0, 11]) assert.equal(others.room.sendFiles(Array(count).fill(fileOf("a", "a"))).code, "invalid_payload");
  assert.equal(others.room.sendFiles([fileOf("a", "a")], { metadata: { at: new Date() } }).field, "metadata.at");
  assert.equal(others.rows().length, 0);
}

async function uploadGoesOnAfterCutsWhereItsEndIs() {
  const stage = await openFiles();
  const { room, run, model, rows } = stage;
  room.sendFiles([fileOf("plan.pdf", LONG)]);
  for (let i = 0; i < 3; i++) {
    await run(0.8);
    model.cutAll();
  }
  assert.deepEqual([rows()[0].status, rows()[0].files[0].status], ["sending", "uploading"]);
  await run(60);
  assert.equal(textOf(stage, "plan.pdf"), LONG);
  const offsets = requestsOf(stage, "PATCH").map(({ offset }) => offset);
  assert.equal(offsets.length, 4);
  assert.ok(offsets.every((offset, i) => i === 0 || offset > offsets[i - 1]), `${offsets}`);
  assert.equal(requestsOf(stage, "HEAD").length, 3);
  assert.equal(stage.stored().length, 1);
}

async function answerThatIsLostMakesNoSecondUpload() {
  const stage = await openFiles({ sendsMessages: false });
  stage.room.sendFiles([fileOf("plan.pdf", "text")]);
  stage.model.losesAnswers = true;
  await stage.run(1);
  stage.model.losesAnswers = false;
  await stage.run(60);
  assert.deepEqual([stage.stored().length, stage.model.uploads.size, requestsOf(stage, "PATCH").length], [1, 1, 1]);
}

async function pausesGrowUntilTheServerIsBack() {
  const stage = await openFiles();
  const { room, run, model, server } = stage;
  room.sendFiles([fileOf("plan.pdf", LONG)]);
  await run(0.4);
  server.isUp = false;
  server.cutAll();
  model.cutAll();
  const from = model.requests.length;
  await run(120);
  const at = model.requests.slice(from).map((request) => request.at);
  const pauses = at.map((time, i) => time - (at[i - 1] ?? time)).slice(1);
  assert.ok(at.length > 5 && at.length < 15, `${at.length} attempts in two minutes`);
  assert.ok(pauses.at(-1) > 10_000 && pauses.at(-1) < 35_000, `${pauses}`);
  server.isUp = true;
  await run(8);
  assert.equal(stage.stored().length, 1, "the connection has ended the pause");
}

async function requestWithoutProgressIsRepeated() {
  const stage = await openFiles();
  stage.room.sendFiles([fileOf("plan.pdf", LONG)]);
  await stage.run(0.4);
  stage.model.isStalled = true;
  await stage.run(29);
  assert.equal(requestsOf(stage, "HEAD").length, 0);
  stage.model.isStalled = false;
  await stage.run(10);
  assert.equal(stage.stored().length, 1);
}

async function uploadIsPausedAndContinued() {
  const stage = await openFiles();
  const { room, run, rows, model } = stage;
  const { clientMessageId } = room.sendFiles([fileOf("plan.pdf", LONG), fileOf("b.txt", "b")]);
  await run(0.5);
  room.pause(clientMessageId);
  assert.deepEqual([rows()[0].status, rows()[0].files.map(({ status }) => status)], ["paused", ["paused", "ready"]]);
  const before = model.requests.length;
  const { loaded } = rows()[0].files[0];
  assert.ok(loaded > 0 && loaded < LONG.length);
  await run(60);
  assert.equal(model.requests.length, before);
  room.resume(clientMessageId);
  await run(60);
  assert.deepEqual(stage.stored().map(attached), [["plan.pdf", "b.txt"]]);
}

async function cancelledUploadIsRemovedAlsoAtTheServer() {
  const stage = await openFiles();
  const { room, run, rows, model, server, store } = stage;
  const { clientMessageId } = room.sendFiles([fileOf("plan.pdf", LONG)]);
  await run(0.4);
  assert.equal(model.uploads.size, 1);
  server.isUp = false;
  server.cutAll();
  model.cutAll();
  await run(1);
  room.discard(clientMessageId);
  assert.equal(rows().length, 0);
  await run(5);
  assert.equal(model.uploads.size, 1);
  stage.chat.close();
  server.isUp = true;
  const page = await openFiles({ stage });
  await page.run(10);
  assert.deepEqual([page.rows().length, model.uploads.size, store.size, store.held], [0, 0, 0, 0], "also after a reload");
  // While the server begins it.
  page.room.discard(page.room.sendFiles([fileOf("plan.pdf", LONG)]).clientMessageId);
  await page.run(10);
  assert.deepEqual([model.uploads.size, stage.stored().length], [0, 0]);
}

async function reloadedPageContinuesWithTheSameFile() {
  const stage = await openFiles();
  const content = "The plans";
  stage.room.sendFiles([fileOf("plan.pdf", LONG), fileOf("b.txt", "b")], content);
  await stage.run(0.5);
  stage.chat.close();
  await stage.run(1);
  const arrived = textOf(stage, "plan.pdf").length;
  const page = await openFiles({ stage });
  await page.run(2);
  const [row] = page.rows();
  assert.deepEqual([row.status, row.content, row.files.map(({ status }) => status)], ["paused", content, ["missing", "ready"]]);
  const others = [fileOf("plan.pdf", LONG, { lastModified: 2 }), fileOf("plan.pdf", LONG.slice(1)), fileOf("other.pdf", LONG)];
  assert.deepEqual(page.room.resumeFiles(others), others);
  assert.equal(page.chat.room("another").sendFiles([fileOf("plan.pdf", LONG)]).success, true);
  assert.equal(page.rows()[0].files[0].status, "missing", "it is another room's");
  assert.deepEqual(page.room.resumeFiles([fileOf("plan.pdf", LONG), others[2]]), [others[2]]);
  await page.run(60);
  assert.deepEqual(page.stored().map((message) => [message.content, attached(message)]), [[content, ["plan.pdf", "b.txt"]]]);
  assert.equal(requestsOf(page, "PATCH").filter(({ uploadId, offset }) => uploadId === "u1" && offset > 0)[0].offset, arrived);
  assert.equal(textOf(page, "plan.pdf"), LONG);
}

async function sendingTheSameFileAgainContinuesItAndKeepsEveryText() {
  const stage = await openFiles();
  stage.room.sendFiles([fileOf("plan.pdf", LONG)], "First text");
  await stage.run(0.5);
  stage.chat.close();
  const page = await openFiles({ stage });
  await page.run(2);
  page.room.sendFiles([fileOf("plan.pdf", LONG)], "Another text");
  page.room.sendFiles([fileOf("plan.pdf", LONG)], "First text");
  await page.run(60);
  assert.deepEqual(page.stored().map(({ content }) => content).sort(), ["Another text", "First text"]);
  assert.equal(page.model.uploads.size, 2);
}

async function otherTabsShowOnlyWhatNoTabUploads() {
  const stage = await openFiles();
  stage.room.sendFiles([fileOf("plan.pdf", LONG.repeat(10))]);
  await stage.run(0.2);
  const second = await openFiles({ stage });
  await second.run(0.2);
  assert.equal(second.rows().length, 0);
  stage.chat.close();
  await second.run(1);
  assert.equal(second.rows().length, 0, "a reloaded tab has the time to come back");
  second.surroundings.fire("visibilitychange");
  await second.run(1);
  assert.deepEqual(second.rows().map(({ status }) => status), ["paused"]);
  second.room.discard(second.rows()[0].clientMessageId);
  await second.run(5);
  assert.deepEqual([second.model.uploads.size, second.store.size, second.store.held], [0, 0, 0]);
}

async function sizesOfPicturesAreSent() {
  const size = { width: 640, height: 480 };
  const measured = [];
  const measure = async (file) => {
    measured.push(file.name);
    return file.name === "broken.png" ? null : size;
  };
  const pictureOf = (name) => fileOf(name, "text", { type: "image/png" });
  const { room, run, stored, requested } = await openFiles({ measure });
  room.sendFiles([pictureOf("one.png")]);
  room.sendFiles([pictureOf("broken.png")]);
  room.sendFiles([fileOf("plan.pdf", "text", { type: "application/pdf" })]);
  room.sendFiles([pictureOf("two.png"), fileOf("notes.txt", "text")]);
  await run(60);
  assert.deepEqual(measured, ["one.png", "broken.png", "two.png"]);
  assert.deepEqual(requested("startUpload").slice(0, 3).map(({ message }) => message.attachments), [[size], undefined, undefined]);
  const [two, notes] = stored().find(({ attachments }) => attachments.length === 2).attachments;
  assert.deepEqual([two.width, two.height, notes.width], [640, 480, undefined]);

  let end;
  const slow = await openFiles({ measure: () => new Promise((resolve) => (end = resolve)) });
  const { clientMessageId } = slow.room.sendFiles([pictureOf("slow.png")]);
  await slow.run(1);
  slow.room.discard(clientMessageId);
  end(size);
  await slow.run(60);
  assert.deepEqual([slow.requested("startUpload"), slow.stored(), slow.store.size], [[], [], 0]);
}

async function refusedFileSaysWhy() {
  const refusals = [failure("file_type_blocked", false)];
  const stage = await openFiles({ answers: { startUpload: () => refusals.shift() } });
  const { room, run, rows, model } = stage;
  const { clientMessageId } = room.sendFiles([fileOf("plan.exe", "text")]);
  await run(5);
  assert.deepEqual([rows()[0].status, rows()[0].failure.code, rows()[0].files[0].status], ["failed", "file_type_blocked", "failed"]);
  room.retry(clientMessageId);
  assert.deepEqual([rows()[0].status, rows()[0].failure], ["sending", undefined]);
  await run(5);
  assert.equal(stage.stored().length, 1);

  // After the server has inspected the file.
  Object.assign(model, { refusedType: "text/html", checkedFor: 3_000 });
  const second = room.sendFiles([fileOf("page.html", "text", { type: "text/html" })]).clientMessageId;
  await run(1);
  assert.equal(rows().at(-1).files[0].status, "checking");
  await run(10);
  assert.deepEqual([rows().at(-1).status, rows().at(-1).failure.code], ["failed", "file_type_blocked"]);
  model.refusedType = null;
  room.retry(second);
  await run(20);
  assert.equal(stage.stored().length, 2);
}

async function largeFileIsRefusedBeforeItsUpload() {
  const stage = await openFiles();
  stage.server.limits = { fileBytes: 100 };
  stage.server.cutAll();
  await stage.run(5);
  const { success, code, field } = stage.room.sendFiles([fileOf("small.txt", "a"), fileOf("large.txt", "a".repeat(101))]);
  assert.deepEqual([success, code, field, stage.rows().length], [false, "file_too_large", "large.txt", 0]);
}

async function busyServerIsAskedLater() {
  const refusals = Array.from({ length: 12 }, () => ({ ...failure("rate_limited", true), retryAfterMs: 1_000 }));
  const stage = await openFiles({ answers: { startUpload: () => refusals.shift() } });
  stage.room.sendFiles([fileOf("plan.pdf", "text")]);
  await stage.run(30);
  assert.equal(stage.stored().length, 1);

  const broken = await openFiles({ answers: { startUpload: () => failure("internal_error", true) } });
  broken.room.sendFiles([fileOf("plan.pdf", "text")]);
  await broken.run(300);
  assert.deepEqual([broken.rows()[0].status, broken.requested("startUpload").length], ["failed", 8]);
}

async function foreignStorageReceivesTheFileWithoutTheUser() {
  const loaded = [];
  const url = "https://bucket.example.org/api/uploads/u1";
  const stage = await openFiles({
    answers: {
      startUpload: (payload) => ({ ...stage.model.start("alice", { ...payload, message: undefined }), url, method: "PUT", headers: { "X-Sum": "1" } }),
      reportUpload: (payload) => (loaded.push(payload.loaded), { success: true }),
      finishUpload: () => ({ success: true, status: "ready" }),
    },
  });
  stage.room.sendFiles([fileOf("plan.pdf", LONG)]);
  await stage.run(60);
  assert.deepEqual(requestsOf(stage, "PUT").map(({ authorization }) => authorization), [undefined]);
  assert.ok(loaded.length > 0 && loaded.length < 5, `${loaded}`);
  assert.deepEqual(stage.stored().map(attached), [["plan.pdf"]]);
}

async function storageThatRefusesAgainAndAgainEndsTheUpload() {
  const stage = await openFiles({
    answers: {
      startUpload: (payload) => ({ ...stage.model.start("alice", payload), url: "https://bucket.example.org/nowhere", method: "PUT" }),
    },
  });
  stage.room.sendFiles([fileOf("plan.pdf", "text")]);
  await stage.run(300);
  const [{ status, failure: failed }] = stage.rows();
  assert.deepEqual([status, failed.code, failed.retryable, failed.isRefused], ["failed", "storage_unavailable", true, undefined]);
  assert.equal(requestsOf(stage, "PUT").length, 8);
}

async function linksOfFilesAreRenewed() {
  const getFile = ({ fileId }) => ({ success: true, fileId, fileUrl: `/api/files/${fileId}?e=9999999999&s=new` });
  const { chat, run, requested } = await openFiles({ answers: { getFile } });
  const current = "/api/files/a?e=9999999999&s=old";
  assert.deepEqual([chat.files.isCurrent(current), chat.files.isCurrent("/api/files/a?e=5&s=old"), chat.files.isCurrent("https://a.example/f")], [true, false, true]);
  assert.equal(chat.files.urlOf(current), `http://server${current}`);
  assert.equal(await chat.files.currentUrlOf("https://a.example/f"), "https://a.example/f");
  assert.equal(await chat.files.currentUrlOf(current), `http://server${current}`);
  assert.equal(requested("getFile").length, 0);
  const renewed = chat.files.currentUrlOf("/api/files/b?e=5&s=old");
  await run(1);
  assert.equal(await renewed, "http://server/api/files/b?e=9999999999&s=new");
}

async function filesOfOthersAreShownUntilTheyAreThereOrNothingIsHeard() {
  const { room, tell, run, server } = await openFiles();
  const progress = (uploadId, userId, loaded) => tell("uploadProgress", { conversationId: ROOM, uploadId, userId, fileName: "plan.pdf", loaded, total: 100 });
  const shown = () => room.getSnapshot().uploads.map(({ userId, loaded }) => [userId, loaded]);
  progress("u1", "bob", 10);
  progress("u2", "carol", 20);
  progress("u3", "alice", 30);
  await run(1);
  assert.deepEqual(shown(), [["bob", 10], ["carol", 20]], "the user's own are rows");
  assert.deepEqual(room.getSnapshot().uploads[0], { uploadId: "u1", userId: "bob", fileName: "plan.pdf", loaded: 10, total: 100 });
  progress("u1", "bob", 40);
  tell("uploadFinished", { conversationId: ROOM, uploadId: "u2", userId: "carol", status: "sent" });
  await run(20);
  assert.deepEqual(shown(), [["bob", 40]]);
  await run(11);
  assert.deepEqual(shown(), []);
  progress("u1", "bob", 50);
  await run(1);
  assert.equal(shown().length, 1);
  server.cutAll();
  await run(0.1);
  assert.equal(shown().length, 0);
}

async function eventSaysWhatBecameOfAnUpload() {
  const stage = await openFiles();
  const { room, run, rows, tell, model } = stage;
  model.checkedFor = 60_000;
  const send = async () => {
    const { clientMessageId } = room.sendFiles([fileOf("plan.pdf", "text")]);
    await run(2);
    return clientMessageId;
  };
  const finished = (more) => tell("uploadFinished", { conversationId: ROOM, uploadId: [...model.uploads.keys()].at(-1), userId: "alice", fileName: "plan.pdf", ...more });
  await send();
  assert.equal(rows()[0].files[0].status, "checking");
  finished({ status: "rejected", code: "file_type_blocked" });
  await run(1);
  assert.deepEqual([rows()[0].status, rows()[0].failure.code], ["failed", "file_type_blocked"]);
  room.discard(rows()[0].clientMessageId);
  await send();
  finished({ status: "cancelled" });
  await run(1);
  assert.equal(rows().length, 0, "another device has cancelled it");
  const id = await send();
  finished({ status: "sent", messageId: "m1" });
  await run(1);
  assert.equal(rows().some(({ clientMessageId }) => clientMessageId === id), false);
}

await filesOfOthersAreShownUntilTheyAreThereOrNothingIsHeard();
await eventSaysWhatBecameOfAnUpload();
await fileIsShownWithItsProgressAndSentOnce();
await severalFilesAreOneMessageAndTwoAreUploadedAtATime();
await uploadGoesOnAfterCutsWhereItsEndIs();
await answerThatIsLostMakesNoSecondUpload();
await pausesGrowUntilTheServerIsBack();
await requestWithoutProgressIsRepeated();
await uploadIsPausedAndContinued();
await cancelledUploadIsRemovedAlsoAtTheServer();
await reloadedPageContinuesWithTheSameFile();
await sendingTheSameFileAgainContinuesItAndKeepsEveryText();
await otherTabsShowOnlyWhatNoTabUploads();
await sizesOfPicturesAreSent();
await refusedFileSaysWhy();
await largeFileIsRefusedBeforeItsUpload();
await busyServerIsAskedLater();
await foreignStorageReceivesTheFileWithoutTheUser();
await storageThatRefusesAgainAndAgainEndsTheUpload();
await linksOfFilesAreRenewed();
console.log(JSON.stringify({ client: "course", event: "finished" }));
