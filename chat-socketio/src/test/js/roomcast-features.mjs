// usage: node roomcast-features.mjs <url> <client-4> <transports>
//
// What the served client does besides messages: tokens, closed rooms, the inbox, presence, typing, receipts, the window.
import assert from "node:assert/strict";
import { course, tab, until } from "./harness.mjs";

await course(async ({ url, io, transports }) => {
  const source = await (await fetch(`${url}/api/client/roomcast.js`)).text();
  const { connect } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  const chats = [];
  const open = (token, more) => {
    const address = (base, options) => io(base, { ...options, ...tab(transports), reconnection: false });
    const chat = connect({ url, io: address, token, ...more });
    chats.push(chat);
    return chat;
  };

  await refusedTokens(open);
  const [alice, bob] = ["alice", "bob"].map((name) => open(async () => `token-of-${name}`));
  await Promise.all([alice, bob].map((chat) => until(chat, ({ status }) => status === "online")));
  assert.equal(alice.getSnapshot().userId, "alice");
  assert.equal(alice.getSnapshot().session.limits.contentLength, 5_000);
  await closedRoom(alice, bob);
  await activity(alice, bob);
  await keepsUnreadCounts(alice, () => open(async () => "token-of-dora"));
  await movesWindow(open(async () => "token-of-alice", { keep: 100 }));
  chats.forEach((chat) => chat.close());
});

async function refusedTokens(open) {
  let calls = 0;
  const stubborn = open(async () => (calls++, "bad"));
  await until(stubborn, ({ status }) => status === "refused");
  assert.equal(calls, 2, "a refused token is not sent again");

  const tokens = [() => Promise.reject(new Error("away")), async () => "bad", async () => "token-of-ann"];
  const renewed = open(() => tokens.shift()());
  await until(renewed, ({ status }) => status === "online");
  assert.equal(renewed.getSnapshot().userId, "ann");

  let token = "bad";
  const later = open(() => token);
  await until(later, ({ status }) => status === "refused");
  token = "token-of-ann";
  later.reconnect();
  await until(later, ({ status }) => status === "online");
}

/** A group is closed to who is not a member, and opens with the membership. */
async function closedRoom(alice, bob) {
  alice.inbox.subscribe(() => {});
  const created = await alice.request("createConversation", { kind: "group", title: "Team", memberIds: ["carol"] });
  const id = created.conversation.conversationId;
  assert.equal(alice.inbox.getSnapshot().conversations[0].title, "Team", "an answer is in the list");
  const titles = [];
  const endTitles = bob.on("conversationUpdated", ({ conversation }) => titles.push(conversation.title));
  const room = bob.room(id);
  const inbox = bob.inbox;
  room.subscribe(() => {});
  inbox.subscribe(() => {});
  const { failure } = await until(room, ({ status }) => status === "closed");
  assert.equal(failure.code, "forbidden");
  await alice.request("addMembers", { conversationId: id, memberIds: ["bob"] });
  await until(room, ({ status }) => status === "ready");
  await alice.request("updateConversation", { conversationId: id, title: "Crew" });
  await until(inbox, ({ conversations: [first] }) => first?.title === "Crew");
  assert.deepEqual(titles, ["Crew"]);
  endTitles();
  await alice.request("updateConversation", { conversationId: id, title: "Team" });
  alice.room(id).send("welcome");
  await until(room, ({ messages }) => messages.some(({ content, status }) => content === "welcome" && !status));
  const { conversations, unread } = await until(inbox, (list) => list.conversations[0]?.lastMessage?.content === "welcome");
  assert.deepEqual([conversations[0].title, conversations[0].unread, unread, titles.length], ["Team", 1, 1, 1]);
  room.markRead();
  await until(inbox, (list) => list.unread === 0);
  await alice.request("removeMember", { conversationId: id, userId: "bob" });
  await until(room, ({ status }) => status === "closed");
  await until(inbox, (list) => list.conversations.length === 0);
}

async function activity(alice, bob) {
  const [own, other] = [alice, bob].map((chat) => chat.room("activity"));
  [own, other].forEach((room) => room.subscribe(() => {}));
  await until(own, ({ online }) => online === 2);
  other.typing();
  await until(own, ({ typing }) => typing.includes("bob"));
  other.stopTyping();
  await until(own, ({ typing }) => typing.length === 0);

  const heard = [];
  const end = other.subscribe(() => {});
  const endHearing = bob.on("receiveMessage", ({ message }) => heard.push(message.content));
  own.viewing();
  await until(other, ({ viewers }) => viewers.includes("alice"));
  other.viewing();
  await until(own, ({ viewers }) => viewers.includes("bob"));
  assert.deepEqual(other.getSnapshot().viewers, ["alice"]);
  own.stopViewing();
  await until(other, ({ viewers }) => viewers.length === 0);
  end();

  own.send({ content: "read this", mentions: ["bob"] });
  const { messages } = await until(other, (room) => room.messages.length === 1);
  await until(own, ({ receipts }) => receipts.delivered.bob === 1);
  other.markRead();
  await until(own, ({ receipts }) => receipts.read.bob === 1);
  assert.deepEqual(heard, ["read this"]);
  endHearing();
  assert.equal((await other.react(messages[0].id, "+")).success, true);
  await until(own, (room) => room.messages[0].reactions?.["+"]?.count === 1);
  assert.equal((await other.edit(messages[0].id, "not mine")).code, "forbidden");

  const file = own.send({ content: "", type: "file", metadata: { file: new Blob(["x"]) } });
  assert.deepEqual([file.success, file.code, file.field], [false, "invalid_payload", "metadata.file"]);
  own.send("x".repeat(6_000));
  const refused = await until(own, (room) => room.messages.at(-1).status === "failed");
  assert.equal(refused.messages.at(-1).failure.code, "message_too_long");
  own.discard(refused.messages.at(-1).clientMessageId);
  assert.equal(own.getSnapshot().messages.length, 1);

  bob.presence.subscribe(() => {});
  await bob.presence.watch(["alice"]);
  assert.equal(bob.presence.getSnapshot().alice.status, "online");
}

/** A room that was never read has the same unread messages after each reload of the page. */
async function keepsUnreadCounts(alice, load) {
  const say = (id, content) => alice.request("sendMessage", { conversationId: id, content });
  async function visit(id, use) {
    const page = load();
    const room = page.room(id);
    room.subscribe(() => {});
    await use(await until(room, ({ status }) => status === "ready"), room);
    page.close();
  }
  for (const before of [0, 2]) {
    const id = `visited-${before}`;
    for (let i = 1; i <= before; i++) await say(id, `${i}`);
    await visit(id, ({ readSeq, unread }) => assert.deepEqual([readSeq, unread], [before, 0]));
    await say(id, "one");
    for (const expected of [1, 2]) {
      await visit(id, ({ readSeq, unread }) => assert.deepEqual([readSeq, unread], [before, expected]));
      await say(id, "more");
    }
    await visit(id, async ({ unread }, room) => {
      assert.equal(unread, 3);
      room.markRead();
      await until(room, ({ receipts }) => receipts.read.dora === before + 3);
    });
    await visit(id, ({ unread }) => assert.equal(unread, 0));
  }
}

/** Older pages push the newest messages out of memory, and the newest page brings them back. */
async function movesWindow(chat) {
  const room = chat.room("window");
  room.subscribe(() => {});
  for (let i = 1; i <= 170; i++) room.send(`${i}`);
  const seqs = () => room.getSnapshot().messages.map(({ seq }) => seq);
  await until(room, ({ latestSeq }) => latestSeq === 170 && chat.getSnapshot().unsent === 0);
  await until(room, ({ messages }) => messages.at(-1).seq === 170);
  assert.deepEqual([seqs()[0], seqs().length], [71, 100]);
  await room.loadOlder();
  await room.loadOlder();
  assert.deepEqual([seqs()[0], seqs().at(-1), room.getSnapshot().hasNewer], [1, 100, true]);
  await room.loadNewer();
  assert.deepEqual([seqs()[0], seqs().at(-1)], [51, 150]);
  room.loadLatest();
  await until(room, ({ hasNewer, messages }) => !hasNewer && messages.at(-1).seq === 170);
  await room.loadOlder();
  room.follow(false);
  room.send("171");
  await until(room, ({ latestSeq, hasNewer }) => latestSeq === 171 && hasNewer);
  assert.deepEqual([seqs()[0], seqs().at(-1)], [71, 170], "the reader's messages stay");
  room.follow();
  await room.loadNewer();
  assert.deepEqual([seqs()[0], seqs().at(-1), room.getSnapshot().hasNewer], [72, 171, false]);
}
