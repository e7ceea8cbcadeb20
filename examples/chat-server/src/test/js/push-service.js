import { execFileSync } from "node:child_process";
import { createECDH, randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ece = createRequire(import.meta.url)("http_ece");
const PASSWORD = "password";

/**
 * Starts a push service on this machine with one subscription, which decrypts messages as a browser does. Its `javaOptions`
 * let a server trust its certificate, which the JDK of the given `java` makes.
 */
export async function startPushService(java) {
  const folder = mkdtempSync(join(tmpdir(), "push-service-"));
  const store = join(folder, "certificate.p12");
  const keytool = java.includes("/") ? join(dirname(java), "keytool") : "keytool";
  execFileSync(keytool, [
    ...["-genkeypair", "-alias", "service", "-keyalg", "EC", "-validity", "2", "-dname", "CN=localhost"],
    ...["-ext", "san=dns:localhost", "-storetype", "PKCS12", "-keystore", store, "-storepass", PASSWORD],
  ], { stdio: "pipe" });
  const keys = createECDH("prime256v1");
  const p256dh = keys.generateKeys("base64url");
  const auth = randomBytes(16).toString("base64url");
  const received = [];
  const arrivals = new EventEmitter();
  const server = createServer({ pfx: readFileSync(store), passphrase: PASSWORD }, async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const text = ece.decrypt(Buffer.concat(parts), { version: "aes128gcm", privateKey: keys, authSecret: auth }).toString();
    received.push({ headers: request.headers, text });
    response.writeHead(201).end();
    arrivals.emit("message");
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const host = `localhost:${server.address().port}`;
  return {
    host,
    subscription: { endpoint: `https://${host}/push/rita`, keys: { p256dh, auth } },
    javaOptions: `-Djavax.net.ssl.trustStore=${store} -Djavax.net.ssl.trustStorePassword=${PASSWORD}`,
    /** Returns the messages once there are so many. */
    async messages(count) {
      while (received.length < count) await once(arrivals, "message");
      return received;
    },
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}
