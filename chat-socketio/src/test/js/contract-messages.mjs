// The part of contract-client.mjs that sends messages, changes them, and reads them.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertHas } from "./ack-socket.mjs";
import { granted, inGroup, told } from "./contract-session.mjs";

const THUMB = "👍";
const FILE = {
  type: "file",
  fileUrl: "https://files.example.com/report.pdf",
  fileName: "report.pdf",
  fileSize: 1_024,
  mimeType: "application/pdf",
};
const { type: FILE_TYPE, ...FIRST } = FILE;
const VIDEO = { fileUrl: "/files/2.mp4", width: 640, height: 480, durationMs: 3_000, thumbnailUrl: "/files/2.png" };
const ATTACHMENTS = [FIRST, VIDEO];

export async function messagesReachTheRoom(alice, bob, carol) {
  const key = randomUUID();
  const author = { content: "The report", mentions: ["bob"], metadata: { pages: 2 } };
  const fields = { ...FILE, ...author, attachments: ATTACHMENTS, clientMessageId: key };
  const { message } = await granted(alice, "sendMessage", inGroup(fields));
  assertHas(message, inGroup({ ...fields, _id: message.id, senderId: "alice", seq: 1, version: 0 }));
  for (const client of [alice, bob, carol]) {
    assert.deepEqual(await client.heard(message), message);
  }
  const { lastMessage } = await told(bob, "unreadChanged", inGroup({ unread: 1, readSeq: 0, latestSeq: 1 }));
  assertHas(lastMessage, { id: message.id, seq: 1, senderId: "alice", content: "The report", deleted: false });
  await granted(alice, "sendMessage", inGroup(fields), { message, duplicate: true });

  await granted(carol, "typing", inGroup());
  await told(bob, "userTyping", inGroup({ userId: "carol" }));
  const reply = await granted(carol, "sendMessage", inGroup({ content: "Thanks!", replyTo: message.id }));
  assertHas(reply.message, { senderId: "carol", type: "text", content: "Thanks!", replyTo: message.id, seq: 2 });
  assert.deepEqual(await bob.heard(reply.message), reply.message);
  await told(bob, "userStoppedTyping", inGroup({ userId: "carol" }));
  return message;
}

export async function changesReachTheRoom(alice, bob, { id: messageId }) {
  const edit = inGroup({ messageId, content: "The corrected report", metadata: { pages: 3 }, expectedVersion: 0 });
  const { message } = await granted(alice, "editMessage", edit);
  assertHas(message, { id: messageId, content: "The corrected report", metadata: { pages: 3 }, seq: 1, version: 1 });
  assert.ok(message.editedAt);
  await told(bob, "messageEdited", inGroup({ message }));

  const reactions = { [THUMB]: { count: 1, userIds: ["bob"] } };
  const own = { [THUMB]: { ...reactions[THUMB], mine: true } };
  await granted(bob, "addReaction", inGroup({ messageId, key: THUMB }), { reactions: own, version: 2 });
  const added = { userId: "bob", key: THUMB, op: "add" };
  await told(alice, "messageReactions", inGroup({ messageId, version: 2, reactions, change: added }));
  await granted(alice, "getReactions", inGroup({ messageId }), { reactions: [{ userId: "bob", key: THUMB }] });
  await granted(bob, "getReactions", inGroup({ messageId }), { reactions: [{ userId: "bob", key: THUMB, mine: true }] });
  await granted(bob, "removeReaction", inGroup({ messageId, key: THUMB }), { reactions: {}, version: 3 });
  const removed = { userId: "bob", key: THUMB, op: "remove" };
  await told(alice, "messageReactions", inGroup({ messageId, version: 3, reactions: {}, change: removed }));

  const { message: pinned } = await granted(alice, "pinMessage", inGroup({ messageId }));
  assertHas(pinned, { id: messageId, version: 4 });
  assert.equal(pinned.pinned.by, "alice");
  await told(bob, "messagePinned", inGroup({ messageId, version: 4, pinned: pinned.pinned }));
  assert.deepEqual((await granted(bob, "getPins", inGroup())).messages, [pinned]);
  const { message: unpinned } = await granted(alice, "unpinMessage", inGroup({ messageId }));
  assertHas(unpinned, { id: messageId, version: 5 });
  await told(bob, "messagePinned", inGroup({ messageId, version: 5 }));
  await granted(bob, "getPins", inGroup(), { messages: [] });

  const place = { messageId, seq: 1, version: 6 };
  await granted(alice, "deleteMessage", inGroup({ messageId }), place);
  await told(bob, "messageDeleted", inGroup({ ...place, deletedBy: "alice" }));
}

export async function receiptsReachTheRoom(alice, bob) {
  await granted(bob, "markDelivered", inGroup({ upToSeq: 1 }), { upToSeq: 1 });
  await told(alice, "messagesDelivered", inGroup({ userId: "bob", upToSeq: 1 }));
  await granted(bob, "markDelivered", { items: [inGroup({ upToSeq: 2 })] }, { upToSeq: 2 });
  await granted(bob, "markRead", inGroup({ upToSeq: 1 }), { upToSeq: 1, unread: 1 });
  await told(alice, "messagesRead", inGroup({ userId: "bob", upToSeq: 1 }));
  await told(bob, "unreadChanged", inGroup({ unread: 1, readSeq: 1, latestSeq: 2 }));
  const { delivered, read } = await granted(alice, "getReceipts", inGroup());
  assertHas(delivered.find(({ userId }) => userId === "bob"), inGroup({ upToSeq: 2 }));
  assertHas(read.find(({ userId }) => userId === "bob"), inGroup({ upToSeq: 1 }));
}

export async function historyIsTold(alice, bob) {
  const { epoch, messages } = await granted(alice, "getMessages", inGroup(), { hasMore: false, latestSeq: 2, version: 6 });
  const [tombstone, reply] = messages;
  assertHas(tombstone, { seq: 1, version: 6, content: "", deletedBy: "alice" });
  assert.ok(tombstone.deletedAt);
  for (const gone of ["fileUrl", "fileName", "attachments", "metadata", "mentions", "reactions"]) {
    assert.equal(gone in tombstone, false, `${gone} is gone`);
  }
  await granted(alice, "getMessages", inGroup({ limit: 1 }), { messages: [reply], hasMore: true });
  await granted(alice, "getMessages", inGroup({ before: 2 }), { messages: [tombstone], hasMore: false });
  await granted(bob, "getMessage", inGroup({ messageId: reply.id }), { message: reply });

  const covered = { seq: 2, version: 6 };
  const all = inGroup({ after: { seq: 0, version: 0 }, epoch });
  const synced = await granted(bob, "syncRoom", all, { messages, covered, hasMore: false, epoch });
  assert.equal(synced.receipts.delivered.some(({ userId }) => userId === "bob"), true);
  await granted(bob, "syncRoom", inGroup({ after: covered, epoch }), { messages: [], covered, hasMore: false });
}
