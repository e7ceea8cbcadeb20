import assert from "node:assert/strict";
import { Log, promised, tab, watch } from "./harness.mjs";

const ACK_PACKET = 3;
const ERROR_FIELDS = new Set([
  "success",
  "error",
  "code",
  "retryable",
  "retryAfterMs",
  "field",
  "conversationId",
  "clientMessageId",
]);

/** A client that asks for an ack with each event, and notes every packet that answers one. */
export class AckSocket {
  #asked = 0;

  constructor({ io, url, transports }, userId, options = {}) {
    this.userId = userId;
    this.log = new Log(userId);
    this.socket = io(url, { ...tab(transports), ...options });
    watch(this.socket, this.log);
    this.socket.on("disconnect", (reason) => this.log.add("disconnect", reason));
    this.socket.on("connect_error", ({ message, data }) => this.log.add("connect_error", { message, data }));
    this.socket.onAny((event, payload) => this.log.add(event, payload));
    // the client drops a second ack for the same id, so the packets are looked at
    this.socket.io.on("packet", ({ type, id, data }) => {
      if (type === ACK_PACKET) {
        this.log.add("ack", { id, answers: data });
      }
    });
  }

  /** Emits an event and waits for its answer. */
  ask(event, ...payload) {
    this.#asked += 1;
    return promised(`the ack of ${event} at ${this.userId}`, (resolve) => this.socket.emit(event, ...payload, resolve));
  }

  send(conversationId, content, rest = {}) {
    return this.ask("sendMessage", { conversationId, senderId: this.userId, content, type: "text", ...rest });
  }

  /** The message with the given id as it was broadcast, now or when it comes. */
  async heard({ id }) {
    const { message } = await this.log.first("receiveMessage", (received) => received.message.id === id);
    return message;
  }

  /** The contents of all messages that were broadcast so far. */
  contents() {
    return this.log.all("receiveMessage").map(({ message }) => message.content);
  }

  /** Checks that each question got one answer, of one argument. */
  assertOneAnswerEach() {
    const acks = this.log.all("ack");
    assert.equal(new Set(acks.map(({ id }) => id)).size, acks.length, "no event is answered twice");
    assert.equal(acks.length, this.#asked, "every event is answered");
    acks.forEach(({ answers }) => assert.equal(answers.length, 1));
  }
}

/** What a request without a required field is answered. */
export function missing(field) {
  return { error: "Missing required fields", code: "missing_fields", retryable: false, field };
}

/** What a request with a field of the wrong type or form is answered. */
export function invalid(field) {
  return { code: "invalid_payload", retryable: false, field };
}

/** What any other request is answered that is refused for good. */
export function refusal(code, error) {
  return { error, code, retryable: false };
}

/** Checks that an answer has everything that is expected of a success. */
export function assertSucceeded(answer, expected = {}) {
  assert.equal(answer.success, true, JSON.stringify(answer));
  assertHas(answer, expected);
}

/** Checks that an answer is the expected refusal, and tells nothing that is not in the contract. */
export function assertRefused(answer, expected) {
  assert.equal(answer.success, false, JSON.stringify(answer));
  assertHas(answer, expected);
  if (answer.code === "invalid_payload") {
    assert.match(answer.error, new RegExp(`^Invalid ${answer.field}( \\(expected: .+\\))?$`));
  }
  assert.deepEqual(Object.keys(answer).filter((field) => !ERROR_FIELDS.has(field)), []);
}

/** Checks that an object has at least the expected fields with the expected values. */
export function assertHas(actual, expected) {
  for (const [field, value] of Object.entries(expected)) {
    assert.deepEqual(actual[field], value, `${field} of ${JSON.stringify(actual)}`);
  }
}
