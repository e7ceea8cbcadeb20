// Compares the types with the objects of a running client: each member exists in both. That its type is right is checked
// by the compiler, because each module declares what it implements.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import typescript from "typescript";
import * as client from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { files as filesModule } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-files.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { pushBrowser } from "../../../main/resources/io/roomcast/chat/socketio/client/push-browser.js";
import * as callsModule from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-calls.js";
import * as pushModule from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast-push.js";
import { CallTab, callWorld } from "./model-calls.mjs";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer, failure } from "./model-server.mjs";
import { World } from "./world.mjs";

const folder = new URL("../../../main/resources/io/roomcast/chat/socketio/client/", import.meta.url);
const REACT = ["roomcast-react", "roomcast-push-react", "roomcast-calls-react"];
const files = ["roomcast", "roomcast-push", "roomcast-calls", ...REACT].map((name) => fileURLToPath(new URL(`${name}.d.ts`, folder)));
const paths = { react: [fileURLToPath(new URL("../node_modules/@types/react", import.meta.url))] };
const program = typescript.createProgram(files, { paths, strict: true, moduleResolution: typescript.ModuleResolutionKind.Bundler });
const checker = program.getTypeChecker();
const [types, ofPush, ofCalls, ...ofReact] = files.map((file) => new Map(exportsOf(file).map((symbol) => [symbol.name, symbol])));

function exportsOf(file) {
  return checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
}

/** Returns the members of a type: their names, and whether they may be absent. */
function membersOf(symbol) {
  const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
  return members.map((member) => [member.name, (member.flags & typescript.SymbolFlags.Optional) !== 0]);
}

function assertSame(name, object, symbols = types) {
  const members = membersOf(symbols.get(name));
  const required = members.filter(([, isOptional]) => !isOptional).map(([member]) => member);
  const present = Object.keys(object);
  assert.deepEqual(required.filter((member) => !present.includes(member)), [], `missing in ${name}`);
  const known = members.map(([member]) => member);
  assert.deepEqual(present.filter((member) => !known.includes(member)), [], `not in the type ${name}`);
}

const world = new World(1);
const server = new ModelServer(world);
server.isFaulty = false;
server.send = () => failure("rejected", false);
server.on_startUpload = () => failure("not_supported", false);
const socket = new ModelSocket(world, server, "alice");
const options = { url: "http://server/", io: () => socket, user: "alice", storage: inMemory(), files: filesModule };
const chat = client.createChat(options, surroundingsOf(world, server, new ModelBrowser(world), "alice"));
const room = chat.room("room");
room.subscribe(() => {});
room.send("text");
room.sendFiles([Object.assign(new Blob(["text"]), { name: "text.txt", lastModified: 1 })]);
await new Promise(setImmediate);
await world.run(world.now + 10_000);

assertSame("Chat", chat);
assertSame("ChatSnapshot", chat.getSnapshot());
assertSame("Room", room);
assertSame("RoomSnapshot", room.getSnapshot());
const [unsent, withFiles] = room.getSnapshot().messages;
assertSame("Unsent", unsent);
assertSame("Unsent", withFiles);
assertSame("UnsentFile", withFiles.files[0]);
assertSame("FileLinks", chat.files);
assertSame("Inbox", chat.inbox);
assertSame("InboxSnapshot", chat.inbox.getSnapshot());
assertSame("PresenceList", chat.presence);
assertSame("UserList", chat.users);
assertSame("OutboxStorage", inMemory());
const push = pushModule.pushOf(chat, {}, pushBrowser());
assertSame("Push", push, ofPush);
assertSame("PushSnapshot", push.getSnapshot(), ofPush);
chat.close();

const callStage = callWorld(new World(1));
callStage.server.members = { direct: ["alice", "bob"] };
const [caller, called] = ["alice", "bob"].map((user) => new CallTab(callStage, user));
await passed(1_000);
void caller.calls.start("direct", { media: "video" });
await passed(2_000);
assertSame("CallsSnapshot", { ...called.state, call: {}, ended: {} }, ofCalls);
assertSame("IncomingCall", called.state.incoming[0], ofCalls);
void called.calls.accept(called.state.incoming[0].callId);
await passed(2_000);
assertSame("CurrentCall", caller.call, ofCalls);
assertSame("CallSelf", caller.call.self, ofCalls);
assertSame("CallParticipant", caller.call.participants[0], ofCalls);
assertSame("Calls", caller.calls, ofCalls);
void caller.calls.end();
assertSame("EndedCall", caller.state.ended, ofCalls);
[caller, called].forEach((tab) => tab.chat.close());

async function passed(delay) {
  await new Promise(setImmediate);
  await callStage.world.run(callStage.world.now + delay);
}

/** Returns what a module gives to those who import it, according to its types. */
const functionsOf = (symbols) => [...symbols.values()].filter(({ flags }) => flags & typescript.SymbolFlags.Function).map(({ name }) => name);

// The server exports the functions that the types name; createChat, pushOf and callsOf are for tests.
assert.deepEqual(functionsOf(ofCalls), Object.keys(callsModule).filter((name) => name !== "callsOf"));
assert.deepEqual(functionsOf(ofPush), Object.keys(pushModule).filter((name) => name !== "pushOf"));
assert.deepEqual(functionsOf(types).sort(), Object.keys(client).filter((name) => name !== "createChat").sort());
REACT.forEach((name, i) => {
  const exported = readFileSync(new URL(`${name}.js`, folder), "utf8").matchAll(/^export function (\w+)/gm);
  assert.deepEqual(functionsOf(ofReact[i]).sort(), [...exported].map(([, each]) => each).sort());
});
console.log(JSON.stringify({ client: "course", event: "finished" }));
