// What is the user's alone: preferences, drafts, marks as unread, mentions.
import assert from "node:assert/strict";
import { failure } from "./model-server.mjs";
import { ROOM, openRoom } from "./opened.mjs";

const listed = (conversationId, more) => ({
  conversationId,
  kind: "group",
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  version: 0,
  latestSeq: 0,
  readSeq: 0,
  unread: 0,
  ...more,
});

async function openInbox(conversations, answers = {}) {
  const getConversations = () => ({ success: true, conversations });
  const opened = await openRoom({ answers: { getConversations, ...answers } });
  opened.chat.inbox.subscribe(() => {});
  await opened.run(2);
  return opened;
}

const idsOf = ({ chat }) => chat.inbox.getSnapshot().conversations.map(({ conversationId }) => conversationId).sort();

async function preferencesOfOneDeviceReachTheOther() {
  const setPreferences = ({ archived }) => ({ success: true, preferences: { archived, version: 1 } });
  const opened = await openInbox([listed(ROOM)], { setPreferences });
  const preferences = () => [opened.room.getSnapshot().details.preferences, opened.chat.inbox.getSnapshot().conversations[0].preferences];
  void opened.room.setPreferences({ archived: true });
  await opened.run(1);
  assert.deepEqual(preferences(), Array(2).fill({ archived: true, version: 1 }), "the answer counts as the event");
  opened.tell("preferencesChanged", { conversationId: ROOM, preferences: { favorite: true, version: 3 } });
  opened.tell("preferencesChanged", { conversationId: ROOM, preferences: { archived: true, version: 2 } });
  await opened.run(1);
  assert.deepEqual(preferences(), Array(2).fill({ favorite: true, version: 3 }), "the later state remains");
}

async function conversationsAreFilteredAndCounted() {
  const until = (milliseconds) => new Date(1_000_000 + milliseconds).toISOString();
  const conversations = [
    listed("plain", { latestSeq: 3, unread: 3, unreadMentions: 1 }),
    listed("archived", { latestSeq: 5, preferences: { archived: true } }),
    listed("muted", { latestSeq: 7, unreadMentions: 2, preferences: { mutedUntil: until(1e9) } }),
    listed("formerly-muted", { latestSeq: 11, preferences: { mutedUntil: until(-1e5) } }),
    listed("favorite", { preferences: { favorite: true } }),
  ];
  const opened = await openInbox(conversations);
  const { chat, run, requested } = opened;
  assert.equal(idsOf(opened).length, 5);
  const filters = {
    active: ["favorite", "formerly-muted", "muted", "plain"],
    archived: ["archived"],
    unread: ["archived", "formerly-muted", "muted", "plain"],
    favorites: ["favorite"],
  };
  for (const [filter, expected] of Object.entries(filters)) {
    chat.inbox.setFilter(filter);
    assert.deepEqual(idsOf(opened), expected, filter);
    assert.equal(chat.inbox.find("archived").conversationId, "archived");
    await run(1);
    assert.equal(requested("getConversations").at(-1).filter, filter);
    const { unread, mentions, status } = chat.inbox.getSnapshot();
    assert.deepEqual([unread, mentions, status], [14, 1, "ready"], "counts are those of all");
  }
  chat.inbox.setFilter();
  await run(1);
  assert.equal("filter" in requested("getConversations").at(-1), false);
  opened.tell("conversationDeleted", { conversationId: "plain", by: "carol" });
  await run(1);
  assert.equal(idsOf(opened).includes("plain"), false);
}

async function conversationCountsAgainWhenItsMuteEnds() {
  const mutedUntil = new Date(1_000_000 + 20_000).toISOString();
  const conversations = [listed("muted", { latestSeq: 2, unreadMentions: 1, preferences: { version: 1, mutedUntil } })];
  const { chat, world, run } = await openInbox(conversations);
  const counts = () => [chat.inbox.getSnapshot().unread, chat.inbox.getSnapshot().mentions];
  await run((1_019_000 - world.now) / 1_000);
  assert.deepEqual(counts(), [0, 0]);
  await run(2);
  assert.deepEqual(counts(), [2, 1]);
}

/** Opens an inbox of which two conversations are lost while the client is not connected. */
async function openAfterLoss({ size, filter, lost, added = [] }) {
  const all = Array.from({ length: size }, (_, i) => listed(`c${i}`, { preferences: { archived: i % 2 === 1 } }));
  const store = { conversations: all };
  const getConversations = ({ after = "0", limit, filter: wanted }) => {
    const matching = store.conversations.filter(({ preferences }) => !wanted || preferences.archived === (wanted === "archived"));
    const end = Number(after) + limit;
    const next = end < matching.length ? { next: `${end}` } : {};
    return { success: true, conversations: matching.slice(Number(after), end), ...next };
  };
  const opened = await openInbox([], { getConversations });
  while (opened.chat.inbox.getSnapshot().hasMore) await Promise.all([opened.chat.inbox.loadMore(), opened.run(1)]);
  assert.equal(idsOf(opened).length, size);
  if (filter) opened.chat.inbox.setFilter(filter);
  await opened.run(2);
  store.conversations = [...added.map((id) => listed(id, { preferences: {} })), ...all.filter(({ conversationId }) => !lost.includes(conversationId))];
  opened.forget();
  opened.server.cutAll();
  await opened.run(10);
  return { ...opened, store };
}

async function conversationsThatWereLostMeanwhileAreRemoved() {
  const few = await openAfterLoss({ size: 3, lost: ["c1"] });
  assert.deepEqual(idsOf(few), ["c0", "c2"]);
  const many = await openAfterLoss({ size: 120, lost: ["c0", "c119"] });
  assert.equal(idsOf(many).length, 118);
  assert.equal(many.requested("getConversations").length, 3, "as many pages as were loaded");
  const more = await openAfterLoss({ size: 60, lost: ["c7"], added: Array.from({ length: 50 }, (_, i) => `new-${i}`) });
  assert.equal(more.chat.inbox.find("c7"), undefined);
  assert.equal(more.chat.inbox.getSnapshot().hasMore, true, "what no longer fits into these pages can be loaded again");
  await Promise.all([more.chat.inbox.loadMore(), more.run(1)]);
  assert.equal(idsOf(more).length, 109);
  const filtered = await openAfterLoss({ size: 4, filter: "archived", lost: ["c1", "c2"] });
  assert.deepEqual([filtered.chat.inbox.find("c1"), idsOf(filtered)], [undefined, ["c3"]]);
  filtered.chat.inbox.setFilter();
  await filtered.run(2);
  assert.deepEqual(idsOf(filtered), ["c0", "c3"]);
}

async function conversationsThatRemainAreRequestedOnce() {
  const opened = await openAfterLoss({ size: 50, lost: [] });
  assert.equal(idsOf(opened).length, 50);
  assert.equal(opened.requested("getConversations").length, 1);
  opened.store.conversations = [];
  opened.tell("syncRequired", { reason: "slow_client" });
  await opened.run(2);
  assert.equal(idsOf(opened).length, 50, "on one connection events say what is lost");
}

async function conversationsRemainIfTheyCannotBeLoaded() {
  const refusals = [];
  const conversations = [listed("one")];
  const opened = await openInbox([], { getConversations: () => refusals.shift() ?? { success: true, conversations } });
  refusals.push({ ...failure("rate_limited", true), retryAfterMs: 3_000 });
  conversations.pop();
  opened.server.cutAll();
  await opened.run(2);
  assert.deepEqual(idsOf(opened), ["one"]);
  await opened.run(10);
  assert.deepEqual(idsOf(opened), []);
}

async function conversationsRemainIfALaterPageIsRefused() {
  const all = Array.from({ length: 60 }, (_, i) => listed(`c${i}`));
  const refusals = [];
  const getConversations = ({ after = "0", limit }) => {
    if (after !== "0" && refusals.length > 0) return refusals.shift();
    const end = Number(after) + limit;
    return { success: true, conversations: all.slice(Number(after), end), ...(end < all.length && { next: `${end}` }) };
  };
  const opened = await openInbox([], { getConversations });
  await Promise.all([opened.chat.inbox.loadMore(), opened.run(1)]);
  refusals.push(failure("rate_limited", true));
  opened.server.cutAll();
  await opened.run(20);
  assert.equal(refusals.length, 0);
  assert.equal(idsOf(opened).length, 60);
}

async function conversationsThatWereLostWithoutASubscriberAreRemoved() {
  const conversations = [listed("one"), listed("two")];
  const { chat, run, tell } = await openRoom({ answers: { getConversations: () => ({ success: true, conversations }) } });
  const end = chat.inbox.subscribe(() => {});
  await run(2);
  assert.deepEqual(idsOf({ chat }), ["one", "two"]);
  end();
  conversations.pop();
  tell("conversationDeleted", { conversationId: "two", by: "carol" });
  await run(1);
  chat.inbox.subscribe(() => {});
  await run(2);
  assert.deepEqual(idsOf({ chat }), ["one"]);
}

async function mentionsAreCountedOnce() {
  const { chat, run, tell, room } = await openInbox([listed(ROOM), listed("other")]);
  const mentions = () => chat.inbox.getSnapshot().mentions;
  const message = (seq, more) => ({ id: `m${seq}`, conversationId: ROOM, seq, version: 0, senderId: "carol", content: "", createdAt: "2026-01-02T00:00:00.000Z", ...more });
  const arrives = async (seq, more) => {
    tell("receiveMessage", { conversationId: ROOM, message: message(seq, more) });
    await run(1);
  };
  await arrives(1, { mentions: ["bob"] });
  assert.equal(mentions(), 0);
  await arrives(2, { mentions: ["bob", "alice"] });
  await arrives(3, { mentions: ["@all"] });
  assert.equal(mentions(), 2);
  await arrives(4, { mentions: ["alice"], senderId: "alice" });
  assert.equal(mentions(), 0, "the user has read what is before the user's own message");
  // The server has counted already.
  tell("unreadChanged", { conversationId: ROOM, unread: 1, readSeq: 4, latestSeq: 5, unreadMentions: 1, lastMessage: message(5) });
  await arrives(5, { mentions: ["alice"] });
  assert.equal(mentions(), 1);
  const [first] = chat.inbox.getSnapshot().conversations;
  assert.deepEqual([first.conversationId, first.lastMessage.seq], [ROOM, 5]);
  room.markRead();
  assert.equal(mentions(), 0);
}

async function markingAsUnreadIsUndoneByReading() {
  const preferences = { unreadFrom: 3 };
  const opened = await openInbox([listed(ROOM, { latestSeq: 5, readSeq: 5 })], { setPreferences: () => ({ success: true, preferences }) });
  const { room, chat, server, run, tell, requested } = opened;
  for (let i = 0; i < 5; i++) server.send(ROOM, "carol", { content: `${i}` });
  await run(1);
  room.markRead();
  await run(3);
  assert.deepEqual(requested("markRead").map(({ upToSeq }) => upToSeq), [5]);
  const unread = () => [room.getSnapshot().unread, chat.inbox.getSnapshot().unread, room.getSnapshot().readSeq];
  assert.deepEqual(unread(), [0, 0, 5]);
  void room.setPreferences({ unreadFrom: 3 });
  tell("unreadChanged", { conversationId: ROOM, unread: 3, readSeq: 5, latestSeq: 5 });
  await run(1);
  assert.deepEqual(unread(), [3, 3, 5], "no receipt is taken back");
  room.markRead();
  await run(3);
  assert.deepEqual(unread(), [0, 0, 5]);
  assert.deepEqual(requested("markRead").map(({ upToSeq }) => upToSeq), [5, 5]);
}

/** A server that stores a draft. */
function draftStore() {
  let at = 0;
  let version = 0;
  const store = { draft: undefined };
  store.set = (content) => (store.draft = { content, at: `time-${++at}` });
  store.setPreferences = ({ draft, draftBefore }) => {
    if ((store.draft?.at ?? null) !== draftBefore) return failure("conflict", false);
    if (draft) store.set(draft.content);
    else store.draft = undefined;
    return store.answer();
  };
  store.answer = () => ({ success: true, preferences: { version: ++version, ...(store.draft && { draft: store.draft }) } });
  store.getConversation = () => ({ ...store.answer(), conversation: { conversationId: ROOM, members: [] } });
  return store;
}

async function openDraft() {
  const store = draftStore();
  const { setPreferences, getConversation } = store;
  const opened = await openRoom({ answers: { setPreferences, getConversation } });
  opened.room.loadDetails();
  await opened.run(2);
  return { ...opened, store };
}

async function draftsAreStoredAfterAPause() {
  const { room, run, requested, store, world } = await openDraft();
  for (const text of ["H", "He", "Hel", "Hello"]) {
    room.saveDraft(text);
    await world.run(world.now + 200);
  }
  assert.equal(requested("setPreferences").length, 0);
  await run(2);
  assert.equal(store.draft.content, "Hello");
  assert.deepEqual(room.getSnapshot().details.preferences.draft.content, "Hello");
  room.saveDraft("");
  await run(2);
  assert.equal(store.draft, undefined);
  assert.equal(requested("setPreferences").length, 2);
}

async function draftOfAnotherDeviceIsReplacedOnlyKnowingly() {
  const { room, run, requested, store } = await openDraft();
  store.set("Written on the phone");
  room.saveDraft("Written here");
  await run(5);
  assert.deepEqual(requested("setPreferences").map(({ draftBefore }) => draftBefore), [null, "time-1"]);
  assert.equal(store.draft.content, "Written here");
}

async function draftIsRemovedWithTheMessage() {
  const { room, run, tell, requested, store, world } = await openDraft();
  room.saveDraft("Hello");
  await run(2);
  room.send("Hello");
  store.draft = undefined;
  tell("preferencesChanged", { conversationId: ROOM, ...store.answer() });
  const before = requested("setPreferences").length;
  await run(5);
  assert.deepEqual(room.getSnapshot().details.preferences.draft, undefined);
  room.saveDraft("Typed and sent at once");
  room.send("Typed and sent at once");
  await run(5);
  assert.equal(requested("setPreferences").length, before, "a draft that was never stored is not removed");
  room.saveDraft("On its way");
  await world.run(world.now + 1_001);
  room.send("On its way");
  await run(5);
  assert.equal(store.draft, undefined, "a draft that was on its way when the message was sent is removed");
}

await preferencesOfOneDeviceReachTheOther();
await conversationsAreFilteredAndCounted();
await conversationCountsAgainWhenItsMuteEnds();
await conversationsThatWereLostMeanwhileAreRemoved();
await conversationsThatRemainAreRequestedOnce();
await conversationsRemainIfTheyCannotBeLoaded();
await conversationsRemainIfALaterPageIsRefused();
await conversationsThatWereLostWithoutASubscriberAreRemoved();
await mentionsAreCountedOnce();
await markingAsUnreadIsUndoneByReading();
await draftsAreStoredAfterAPause();
await draftOfAnotherDeviceIsReplacedOnlyKnowingly();
await draftIsRemovedWithTheMessage();
console.log(JSON.stringify({ client: "course", event: "finished" }));
