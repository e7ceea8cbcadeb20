import { createServer, request } from "node:http";

/** A proxy that serves a server below a path, like nginx with a location that ends in a slash. */
export async function proxyBelow(path, target) {
  const to = new URL(target);
  const inner = ({ method, url, headers }) => ({
    host: to.hostname,
    port: to.port,
    method,
    path: `/${url.slice(path.length)}`,
    headers,
  });
  const outside = [];

  const proxy = createServer((asked, answer) => {
    if (!asked.url.startsWith(path)) {
      outside.push(asked.url);
      answer.writeHead(404).end();
      return;
    }
    const forwarded = request(inner(asked), (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    forwarded.on("error", () => answer.destroy());
    asked.pipe(forwarded);
  });

  proxy.on("upgrade", (asked, socket) => {
    const forwarded = request(inner(asked));
    forwarded.on("upgrade", (got, other) => {
      const lines = Object.entries(got.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("")}\r\n`);
      socket.on("error", () => other.destroy()).pipe(other);
      other.on("error", () => socket.destroy()).pipe(socket);
    });
    forwarded.on("error", () => socket.destroy());
    forwarded.end();
  });

  await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${proxy.address().port}${path}`,
    /** Returns the requests outside the path. */
    outside,
    close() {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
