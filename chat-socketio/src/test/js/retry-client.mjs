// usage: node retry-client.mjs <url> <client-4|client-3|client-2> <default|websocket,polling|polling|websocket>
//
// Stock clients of a server that refuses "token-<code>-…" the first three times, if the code may pass; and one whose
// token is refused for good, which must not come back for ever.
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import { Log, course, tab, watch } from "./harness.mjs";

const PASSING = ["rate_limited", "storage_unavailable", "internal_error", "server_draining", "timeout"];
const DELAYS = { reconnectionDelay: 50, reconnectionDelayMax: 100 };

await course(async ({ url, io, transports }) => {
  const open = (name, token) => {
    const log = new Log(name);
    const socket = io(url, { ...tab(transports), ...DELAYS, auth: { token }, query: { token } });
    watch(socket, log);
    for (const event of ["connect", "disconnect", "connect_error", "error"]) {
      socket.on(event, (data) => log.add(event, String(data?.data?.code ?? data ?? "")));
    }
    return { log, socket };
  };
  const id = randomUUID();
  const { log, socket } = open("refused", `token-refused-${id}`);
  await Promise.race([log.first("connect_error"), log.first("error")]);
  await Promise.all([delay(1_000), ...PASSING.map((code) => comesBack(code, open))]);
  const tries = await (await fetch(`${url}/api/conversations`, { headers: { authorization: `Bearer token-count-${id}` } })).json();
  assert.equal(tries.field, "1", "it came once");
  assert.equal(socket.connected, false);
});

async function comesBack(code, open) {
  const { log } = open(code, `token-${code}-${randomUUID()}`);
  await log.first("connect");
  assert.deepEqual([...log.all("connect_error"), ...log.all("error")], []);
}
