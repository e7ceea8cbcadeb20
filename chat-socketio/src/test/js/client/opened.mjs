import { createChat } from "../../../main/resources/io/roomcast/chat/socketio/client/roomcast.js";
import { inMemory } from "../../../main/resources/io/roomcast/chat/socketio/client/storage.js";
import { ModelBrowser, ModelSocket, surroundingsOf } from "./model-client.mjs";
import { ModelServer } from "./model-server.mjs";
import { World } from "./world.mjs";

export const ROOM = "room";
const USER = "alice";
const SECOND = 1_000;

/** Opens a chat in a model without faults. The answers are functions by event, which may return undefined. */
export async function openChat({ answers = {}, keep, seed = 1, isAnonymous = false, session = {}, storage = inMemory(), ...parts } = {}) {
  const { world = new World(seed), files } = parts;
  const { server = new ModelServer(world), browser = new ModelBrowser(world) } = parts;
  server.isFaulty = false;
  Object.assign(server, { isAnonymous, session });
  const requests = [];
  const { answer } = server;
  server.answer = (link, event, payload) => {
    requests.push([event, payload]);
    return answers[event]?.(payload) ?? answer.call(server, link, event, payload);
  };
  const options = { url: "http://server/", io: () => new ModelSocket(world, server, USER), user: USER, storage, keep, files };
  const surroundings = surroundingsOf(world, server, browser, USER);
  const chat = createChat(options, surroundings);
  const opened = {
    world,
    server,
    chat,
    surroundings,
    /** What was requested of an event. */
    requested: (event) => requests.filter(([name]) => name === event).map(([, payload]) => payload),
    async run(seconds) {
      await new Promise(setImmediate);
      await world.run(world.now + seconds * SECOND);
    },
    /** Sends an event to the user. */
    tell: (event, payload) => server.links.forEach((link) => link.tell(event, payload)),
    forget: () => requests.splice(0),
  };
  await new Promise(setImmediate);
  await opened.run(1);
  return opened;
}

/** Opens a chat with a room that has messages of another user. */
export async function openRoom({ messages = 0, ...more } = {}) {
  const opened = await openChat(more);
  for (let i = 1; i <= messages; i++) opened.server.send(ROOM, "carol", { content: `text ${i}` });
  const room = opened.chat.room(ROOM);
  room.subscribe(() => {});
  await opened.run(2);
  return { ...opened, room };
}
