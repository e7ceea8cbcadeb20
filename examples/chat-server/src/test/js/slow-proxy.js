import { once } from "node:events";
import { connect, createServer } from "node:net";

const TICK = 50;

/**
 * A proxy between browsers and a server that bounds the rate of what browsers send, and can cut all connections. New
 * connections go to its port, which may be changed.
 */
export async function openSlowProxy(port) {
  const sockets = new Set();
  const proxy = {
    port,
    bytesPerSecond: Infinity,
    /** How many bytes the browsers have sent. */
    received: 0,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    async close() {
      proxy.cut();
      server.close();
      await once(server, "close");
    },
  };

  /** Passes on what a browser sends, one part at a time. */
  async function pass(from, to) {
    for await (const part of from) {
      let rest = part;
      while (rest.length > 0) {
        const most = Math.max(1, Math.min(rest.length, (proxy.bytesPerSecond * TICK) / 1_000));
        const now = rest.subarray(0, most);
        rest = rest.subarray(now.length);
        proxy.received += now.length;
        if (!to.write(now)) await once(to, "drain");
        if (rest.length > 0 || now.length > 1_000) await new Promise((resolve) => setTimeout(resolve, proxy.bytesPerSecond === Infinity ? 0 : TICK));
      }
    }
    to.end();
  }

  const server = createServer((from) => {
    const to = connect(proxy.port, "127.0.0.1");
    const end = () => [from, to].forEach((socket) => socket.destroy());
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on("error", end).on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    pass(from, to).catch(end);
    to.pipe(from);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy.url = `http://127.0.0.1:${server.address().port}/`;
  return proxy;
}
