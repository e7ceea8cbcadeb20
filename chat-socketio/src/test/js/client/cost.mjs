// Measures what a message costs in a room whose 3,000 rows are all kept.
import assert from "node:assert/strict";
import * as timeline from "../../../main/resources/io/roomcast/chat/socketio/client/timeline.js";

const ROWS = 3_000;
const MESSAGES = 1_000;
const MOST_MILLISECONDS = 1;

const message = (seq) => ({ id: `m${seq}`, seq, version: 0, content: "text", senderId: "ann" });
const joined = { epoch: "e", latestSeq: ROWS, version: 0 };
const page = { messages: Array.from({ length: ROWS }, (_, i) => message(i + 1)), hasMore: false };
let state = timeline.withNewest(timeline.joined(timeline.newTimeline(ROWS), joined), page);

const begin = performance.now();
for (let i = 1; i <= MESSAGES; i++) {
  state = timeline.received(state, message(ROWS + i));
  state = timeline.changed(state, { id: `m${ROWS + i - 100}`, version: i, kind: "merge", fields: { reactions: {} } });
}
const each = (performance.now() - begin) / MESSAGES;
assert.equal(state.rows.length, ROWS);
assert.equal(state.seq, ROWS + MESSAGES);
assert.equal(state.version, MESSAGES);
assert.ok(each < MOST_MILLISECONDS, `a message and a change cost ${each} ms`);
console.log(JSON.stringify({ client: "cost", event: "milliseconds", data: each }));
console.log(JSON.stringify({ client: "course", event: "finished" }));
