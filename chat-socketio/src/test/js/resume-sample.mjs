// Runs the sample of PROTOCOL.md that resumes: node resume-sample.mjs <url>
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { io } from "client-4";

const [url] = process.argv.slice(2);
const token = "token-of-ann";
const conversationId = "sample";

const document = await readFile(new URL("../../../PROTOCOL.md", import.meta.url), "utf8");
const sample = document.split("```js\n")[1].split("```")[0];
const names = ["io", "url", "token", "epoch", "conversationId", "seq", "version"];
const resume = new Function(...names, `${sample}\nreturn socket;`);

const writer = io(url, { auth: { token } });
const { epoch } = await next(writer, "session");
const sent = await writer.emitWithAck("sendMessage", { conversationId, content: "Hello" });
assert.equal(sent.success, true);

const reader = resume(io, url, token, epoch, conversationId, 0, 0);
const page = await next(reader, "roomSync");
assert.deepEqual(page.messages.map((message) => message.content), ["Hello"]);
console.log(JSON.stringify("finished"));
process.exit(0);

function next(socket, event) {
  return new Promise((arrived) => socket.once(event, arrived));
}
