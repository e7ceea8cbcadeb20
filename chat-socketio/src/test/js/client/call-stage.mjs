// Tabs of users in a model without faults, and what they do in a call.
import { CallTab, callWorld } from "./model-calls.mjs";
import { World } from "./world.mjs";

export const ROOM = "room";

export async function stageOf(users = ["alice", "bob"], more = {}) {
  const stage = callWorld(new World(1));
  const { world, server, network } = stage;
  server.members = { [ROOM]: [...new Set(users)] };
  Object.assign(server, more);
  const tabs = users.map((user, i) => new CallTab(stage, user, `${user}${i}`));
  const run = async (seconds) => {
    await new Promise(setImmediate);
    await world.run(world.now + seconds * 1_000);
  };
  await run(1);
  return { ...stage, stage, tabs, run, requested: (event) => server.requests.filter(([name]) => name === event).map(([, payload]) => payload) };
}

/** Returns the answer of an action, once time has passed. */
export async function done({ run }, action, seconds = 2) {
  let answer;
  void action.then((value) => (answer = value));
  await run(seconds);
  return answer;
}

export async function callOf(users, more, options) {
  const stage = await stageOf(users, more);
  const [caller, ...others] = stage.tabs;
  await done(stage, caller.calls.start(ROOM, options));
  for (const tab of others) await done(stage, tab.calls.accept(tab.state.incoming[0].callId));
  return stage;
}

export const media = ({ browser }) => browser.live.map(({ kind, deviceId }) => `${kind} ${deviceId}`).sort();

export const starts = ({ calls }, options) => calls.start(ROOM, options);

/** Keeps the prompts for devices or screens open until they are answered. */
export function prompts({ browser }, name = "open") {
  const use = browser[name];
  const asked = [];
  browser[name] = (options) =>
    new Promise((resolve, reject) => {
      const allow = () => void use.call(browser, options).then(resolve, reject);
      const deny = (error) => reject(Object.assign(new Error(error), { name: error }));
      asked.push({ kinds: Object.keys(options), allow, deny });
    });
  return asked;
}
