// Compares the events that the client handles with those of the contract.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { HANDLED_BY } from "../../../main/resources/io/roomcast/chat/socketio/client/events.js";

const folder = new URL("../../../main/resources/io/roomcast/chat/socketio/", import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), "utf8");
const block = read("contract/chat-events.d.ts").split("interface ServerToClientEvents {")[1].split("\n}")[0];
const events = [...block.matchAll(/^ {2}(\w+): /gm)].map(([, event]) => event);
assert.deepEqual(Object.keys(HANDLED_BY).sort(), events.sort());

// Each event has a handler in each part that the table names.
const PARTS = ["room", "changes", "activity", "details", "inbox", "files", "room-call", "connection"];
const sources = Object.fromEntries(PARTS.map((part) => [part, read(`client/${part}.js`)]));
for (const [event, parts] of Object.entries(HANDLED_BY)) {
  for (const part of parts.filter((name) => name in sources && event !== "messagesBatch")) {
    assert.match(sources[part], new RegExp(`(^ {2,4}${event}(:|\\()|"${event}")`, "m"), `${event} in ${part}`);
  }
}
console.log(JSON.stringify({ client: "course", event: "finished" }));
