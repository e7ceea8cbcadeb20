// Compares the types with the objects of a running client: each member exists in both. That its type is right is checked
// by the compiler, because each module declares what it implements.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import typescript from "typescript";
import * as client from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer, failure } from "./model-server.mjs";
import { World } from "./world.mjs";

const folder = new URL("../../../main/resources/io/roomcast/chat/socketio/client/", import.meta.url);
const files = ["roomcast.d.ts", "roomcast-react.d.ts"].map((name) => fileURLToPath(new URL(name, folder)));
const paths = { react: [fileURLToPath(new URL("../node_modules/@types/react", import.meta.url))] };
const program = typescript.createProgram(files, { paths, strict: true, moduleResolution: typescript.ModuleResolutionKind.Bundler });
const checker = program.getTypeChecker();
const [types, ofReact] = files.map((file) => new Map(exportsOf(file).map((symbol) => [symbol.name, symbol])));

function exportsOf(file) {
  return checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
}

/** Returns the members of a type: their names, and whether they may be absent. */
function membersOf(symbol) {
  const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
  return members.map((member) => [member.name, (member.flags & typescript.SymbolFlags.Optional) !== 0]);
}

function assertSame(name, object) {
  const members = membersOf(types.get(name));
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
const socket = new ModelSocket(world, server, "alice");
const options = { url: "http://server/", io: () => socket, user: "alice", storage: inMemory() };
const chat = client.createChat(options, surroundingsOf(world, server, new ModelBrowser(world), "alice"));
const room = chat.room("room");
room.subscribe(() => {});
room.send("text");
await new Promise(setImmediate);
await world.run(world.now + 10_000);

assertSame("Chat", chat);
assertSame("ChatSnapshot", chat.getSnapshot());
assertSame("Room", room);
assertSame("RoomSnapshot", room.getSnapshot());
assertSame("Unsent", room.getSnapshot().messages[0]);
assertSame("Inbox", chat.inbox);
assertSame("InboxSnapshot", chat.inbox.getSnapshot());
assertSame("PresenceList", chat.presence);
assertSame("UserList", chat.users);
assertSame("OutboxStorage", inMemory());
chat.close();

/** Returns what a module gives to those who import it, according to its types. */
const functionsOf = (symbols) => [...symbols.values()].filter(({ flags }) => flags & typescript.SymbolFlags.Function).map(({ name }) => name);

// The server exports the functions that the types name; createChat is for tests.
assert.deepEqual(functionsOf(types).sort(), Object.keys(client).filter((name) => name !== "createChat").sort());
const react = readFileSync(new URL("roomcast-react.js", folder), "utf8");
assert.deepEqual(functionsOf(ofReact).sort(), [...react.matchAll(/^export function (\w+)/gm)].map(([, name]) => name).sort());
console.log(JSON.stringify({ client: "course", event: "finished" }));
