// usage: node turn-client.mjs <url> <port of the TURN server> <expired user name> <expired password>
//
// Starts a call with a stock client, and presents the credentials of the answer to a TURN server (RFC 8656): relays a
// packet between the two participants, and is refused with credentials that are wrong, expired or of another server, and at
// addresses that the server must not reach.
import assert from "node:assert/strict";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { io } from "client-4";

const [url, port, expiredName, expiredPassword] = process.argv.slice(2);

const COOKIE = 0x2112a442;
const METHODS = { allocate: 0x003, createPermission: 0x008, send: 0x006 };
const SUCCESS = 0x100;
const ERROR = 0x110;
const INDICATION = 0x010;
const DATA_INDICATION = 0x017;
const ATTRIBUTES = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  peer: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
};
const UDP = Buffer.from([17, 0, 0, 0]);
const WAIT_MS = 500;
const ATTEMPTS = 10;

function attribute(type, value) {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function packet(type, id, body, moreLength = 0) {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(body.length + moreLength, 2);
  head.writeUInt32BE(COOKIE, 4);
  return Buffer.concat([head, id, body]);
}

/** The length in the head counts the attribute that holds the signature. */
function signed(type, id, body, key) {
  const length = 24;
  const signature = createHmac("sha1", key).update(packet(type, id, body, length)).digest();
  return packet(type, id, Buffer.concat([body, attribute(ATTRIBUTES.integrity, signature)]));
}

function parse(bytes) {
  const attributes = new Map();
  for (let at = 20; at < bytes.length; ) {
    const length = bytes.readUInt16BE(at + 2);
    attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { type: bytes.readUInt16BE(0), id: bytes.subarray(8, 20), attributes };
}

/** Addresses are combined with the cookie, so that routers do not change them. */
function address(host, at) {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt8(1, 1);
  bytes.writeUInt16BE(at ^ (COOKIE >>> 16), 2);
  host.split(".").forEach((part, i) => bytes.writeUInt8(Number(part) ^ ((COOKIE >>> (24 - 8 * i)) & 0xff), 4 + i));
  return bytes;
}

function portOf(bytes) {
  return bytes.readUInt16BE(2) ^ (COOKIE >>> 16);
}

/** One device at the TURN server. */
class Turn {
  #socket = createSocket("udp4");
  #user;
  #session = [];
  #key;

  constructor({ username, credential }) {
    this.#user = { username, credential };
  }

  close() {
    this.#socket.close();
  }

  /** Sends a request until it is answered, as datagrams may be lost. Returns the answer, with the code of an error. */
  async #request(method, attributes) {
    const id = randomBytes(12);
    const body = Buffer.concat([...attributes, ...this.#session]);
    const bytes = this.#key ? signed(method, id, body, this.#key) : packet(method, id, body);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      this.#socket.send(bytes, port, "127.0.0.1");
      const answer = await this.#receive((found) => found.id.equals(id), WAIT_MS);
      if (answer) return answer.type === (method | SUCCESS) ? answer : { ...answer, code: codeOf(answer) };
    }
    throw new Error("the TURN server does not answer");
  }

  /** Returns the next matching packet, or null if none comes in time. */
  #receive(matches, ms) {
    return new Promise((resolve) => {
      const end = (found) => {
        clearTimeout(timer);
        this.#socket.off("message", listen);
        resolve(found);
      };
      const listen = (bytes) => {
        const found = parse(bytes);
        if (matches(found)) end(found);
      };
      const timer = setTimeout(() => end(null), ms);
      this.#socket.on("message", listen);
    });
  }

  /** Reserves an address. Returns its port, or the code of the refusal. */
  async allocate() {
    const transport = attribute(ATTRIBUTES.transport, UDP);
    const { code, attributes } = await this.#request(METHODS.allocate, [transport]);
    assert.equal(code, 401, "a request without credentials");
    const realm = attributes.get(ATTRIBUTES.realm);
    const { username, credential } = this.#user;
    this.#key = createHash("md5").update(`${username}:${realm}:${credential}`).digest();
    this.#session = [
      attribute(ATTRIBUTES.username, Buffer.from(username)),
      attribute(ATTRIBUTES.realm, realm),
      attribute(ATTRIBUTES.nonce, attributes.get(ATTRIBUTES.nonce)),
    ];
    const answer = await this.#request(METHODS.allocate, [transport]);
    return answer.code ? { code: answer.code } : { port: portOf(answer.attributes.get(ATTRIBUTES.relayed)) };
  }

  /** Allows packets from and to a host. Returns undefined, or the code of the refusal. */
  async permit(host) {
    return (await this.#request(METHODS.createPermission, [attribute(ATTRIBUTES.peer, address(host, 0))])).code;
  }

  send(text, host, at) {
    const body = Buffer.concat([attribute(ATTRIBUTES.peer, address(host, at)), attribute(ATTRIBUTES.data, Buffer.from(text))]);
    this.#socket.send(packet(METHODS.send | INDICATION, randomBytes(12), body), port, "127.0.0.1");
  }

  async received(ms) {
    const found = await this.#receive(({ type }) => type === DATA_INDICATION, ms);
    return found?.attributes.get(ATTRIBUTES.data).toString();
  }
}

function codeOf({ type, attributes }) {
  assert.equal(type & ERROR, ERROR, `type ${type}`);
  const error = attributes.get(ATTRIBUTES.error);
  return error.readUInt8(2) * 100 + error.readUInt8(3);
}

async function connected(userId) {
  const socket = io(url, { auth: { token: userId }, forceNew: true });
  await once(socket, "session");
  return socket;
}

async function ask(socket, event, payload) {
  const answer = await socket.timeout(10_000).emitWithAck(event, payload);
  assert.equal(answer.success, true, JSON.stringify(answer));
  return answer;
}

async function refused(credentials, why) {
  const device = new Turn(credentials);
  assert.deepEqual(await device.allocate(), { code: 401 }, why);
  device.close();
}

const [ann, bob] = await Promise.all([connected("ann"), connected("bob")]);
const { conversation } = await ask(ann, "createConversation", { kind: "direct", memberIds: ["bob"] });
const call = await ask(ann, "startCall", { conversationId: conversation.conversationId, media: "audio" });
const answer = await ask(bob, "acceptCall", { callId: call.callId });
const [server] = call.iceServers;
assert.deepEqual(server.urls, [`turn:127.0.0.1:${port}`]);
assert.notEqual(server.username, answer.iceServers[0].username);

const [caller, callee] = [new Turn(server), new Turn(answer.iceServers[0])];
const [from, to] = [await caller.allocate(), await callee.allocate()];
assert.equal(await caller.permit("127.0.0.1"), undefined);
assert.equal(await callee.permit("127.0.0.1"), undefined);
let text;
for (let attempt = 0; attempt < ATTEMPTS && text === undefined; attempt++) {
  caller.send("hello", "127.0.0.1", to.port);
  text = await callee.received(WAIT_MS);
}
assert.equal(text, "hello");
assert.notEqual(from.port, to.port);

const INNER = [
  ...["0.0.0.1", "10.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1", "192.0.0.1", "192.168.1.1", "198.18.0.1"],
  ...["224.0.0.1", "240.0.0.1", "255.255.255.255"],
];
for (const host of INNER) {
  assert.equal(await caller.permit(host), 403, host);
}

await refused({ ...server, credential: "wrong" }, "a wrong password");
await refused({ ...server, username: `1${server.username}` }, "a changed time");
await refused({ username: expiredName, credential: expiredPassword }, "an expired password");

caller.close();
callee.close();
ann.disconnect();
bob.disconnect();
