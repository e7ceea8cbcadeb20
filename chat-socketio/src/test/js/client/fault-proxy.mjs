import { once } from "node:events";
import { connect, createServer } from "node:net";

const MOST_BYTES = 6_000;
const MOST_DELAY = 25;

/** A TCP proxy whose connections are delayed, and cut after any byte of either direction. */
export class FaultProxy {
  /** Faults happen while this is true. */
  isFaulty = true;
  #world;
  #target;
  #links = new Set();
  #listener;

  /** @param world decides what happens @param target returns the port of the server */
  static async start(world, target) {
    const proxy = new FaultProxy();
    proxy.#world = world;
    proxy.#target = target;
    proxy.#listener = createServer((client) => proxy.#join(client)).listen(0, "127.0.0.1");
    await once(proxy.#listener, "listening");
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.#listener.address().port}`;
  }

  get links() {
    return this.#links.size;
  }

  #join(client) {
    const server = connect(this.#target(), "127.0.0.1");
    const link = { end: () => (client.destroy(), server.destroy()) };
    let open = 2;
    this.#links.add(link);
    for (const side of [client, server]) {
      side.setNoDelay();
      side.on("error", link.end);
      side.on("close", () => --open === 0 && this.#links.delete(link));
    }
    const cutAfter = () => (this.isFaulty && this.#world.chance(0.4) ? this.#world.upTo(MOST_BYTES) : Infinity);
    this.#pass(client, server, cutAfter(), link);
    this.#pass(server, client, cutAfter(), link);
  }

  #pass(from, to, left, link) {
    let last = Promise.resolve();
    from.on("data", (bytes) => {
      const delay = this.isFaulty ? this.#world.upTo(MOST_DELAY) : 0;
      const arrived = new Promise((resolve) => setTimeout(resolve, delay));
      last = last.then(() => arrived).then(() => {
        const isCut = this.isFaulty && bytes.length > left;
        if (!to.destroyed) to.write(isCut ? bytes.subarray(0, left) : bytes);
        left -= bytes.length;
        if (isCut) link.end();
      });
    });
    // What was read is still passed on.
    from.on("close", () => last.then(() => to.destroySoon()));
  }

  /** Cuts every connection. */
  cut() {
    this.#links.forEach((link) => link.end());
  }

  close() {
    this.#listener.close();
    this.cut();
  }
}
