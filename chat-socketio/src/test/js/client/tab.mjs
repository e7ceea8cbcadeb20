import assert from "node:assert/strict";

/** A tab that shows one room. It checks each state that a user would see. */
export class Tab {
  /** The keys of the messages that were sent in this tab. */
  sent = [];

  /** @param connect opens the tab's client; called again after a reload */
  constructor(user, roomId, connect) {
    Object.assign(this, { user, roomId, connect });
    this.open();
  }

  open() {
    this.chat = this.connect();
    this.room = this.chat.room(this.roomId);
    this.room.subscribe(() => {
      try {
        this.#check();
      } catch (failure) {
        this.failure ??= failure;
      }
    });
  }

  reload() {
    this.chat.close();
    this.open();
  }

  send(content) {
    const { clientMessageId } = this.room.send(content);
    this.sent.push(clientMessageId);
  }

  /** What a user sees is at any time in order and without gaps, and nothing is there twice. */
  #check() {
    const { messages } = this.room.getSnapshot();
    const stored = messages.filter(({ status }) => status === undefined);
    const keys = new Set(messages.map(({ id }) => id));
    assert.equal(keys.size, messages.length, "a message is shown twice");
    stored.forEach(({ seq }, i) => assert.ok(i === 0 || seq > stored[i - 1].seq, "messages are out of order"));
  }
}

/**
 * Checks that each tab has what the server has, and that everything that was sent is stored once.
 *
 * @param messages all messages of the server
 * @param formerKeys the keys of messages that were stored in an earlier epoch
 */
export function assertComplete(answered, formerKeys, tabs) {
  const messages = withoutMine(answered);
  for (const { chat, room, user, failure } of tabs) {
    if (failure) throw failure;
    const snapshot = room.getSnapshot();
    assert.equal(snapshot.status, "ready", user);
    assert.equal(chat.getSnapshot().unsent, 0, `${user} has unsent messages`);
    const first = snapshot.messages[0]?.seq ?? 0;
    const last = snapshot.hasNewer ? snapshot.messages.at(-1).seq : Infinity;
    const expected = messages.filter(({ seq }) => seq >= first && seq <= last);
    assert.deepEqual(withoutMine(snapshot.messages), expected, `${user} differs from the server`);
    for (const message of withoutMine(snapshot.apart)) assert.deepEqual(message, messages[message.seq - 1], `${user} has an older message`);
    assert.ok(messages.length === 0 || expected.length > 0);
    assert.equal(snapshot.latestSeq, messages.length);
    if (!snapshot.hasOlder) assert.equal(messages[0]?.seq ?? 0, first);
  }
  for (const { sent } of tabs) {
    const stored = messages.filter(({ clientMessageId }) => sent.includes(clientMessageId)).map((one) => one.clientMessageId);
    const expected = sent.filter((key) => stored.includes(key) || !formerKeys.has(key));
    assert.deepEqual(stored, expected, "each message is stored once, in the order in which it was sent");
  }
}

/** Leaves out which reactions are the user's own, as the answers to compare with are those to another user. */
export function withoutMine(messages) {
  return JSON.parse(JSON.stringify(messages, (name, value) => (name === "mine" ? undefined : value)));
}

/** Returns a function that marks the reactions of a user, whom a few reactions name. */
const asSeenBy = (user) => (message) => {
  if (!message?.reactions) return message;
  const entries = Object.entries(message.reactions).map(([key, { mine, ...reaction }]) => [
    key,
    { ...reaction, ...(reaction.userIds.includes(user) && { mine: true }) },
  ]);
  return { ...message, reactions: Object.fromEntries(entries) };
};
