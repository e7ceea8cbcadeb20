import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

const LOOPBACK = "127.0.0.1";
const FIRST = 15_000;
const COUNT = 17_000;

/**
 * Selects a port for a server that starts later, or again. It is below the range of outgoing connections, so that none of
 * them takes it meanwhile.
 */
export async function reservedPort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

async function isFree(port) {
  const [stream, datagrams] = [createServer().listen(port, LOOPBACK), createSocket("udp4").bind(port, LOOPBACK)];
  const outcomes = await Promise.allSettled([stream, datagrams].map((probe) => once(probe, "listening")));
  const isBound = outcomes.map(({ status }) => status === "fulfilled");
  await Promise.all([stream, datagrams].map((probe, i) => isBound[i] && closed(probe)));
  return isBound.every(Boolean);
}

async function closed(probe) {
  const end = once(probe, "close");
  probe.close();
  await end;
}
