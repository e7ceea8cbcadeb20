import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { reservedPort } from "./port.js";

const DOCUMENT = new URL("../../../../../chat-socketio/CALLS.md", import.meta.url);
const LOOPBACK = "127.0.0.1";
const STARTS_WITHIN = 30_000;

/** Starts coturn on loopback with the configuration of CALLS.md, except that it may relay on loopback. */
export async function startTurnServer(secret) {
  const folder = mkdtempSync(join(tmpdir(), "turn-server-"));
  const port = await reservedPort();
  const configuration = join(folder, "turnserver.conf");
  writeFileSync(configuration, configurationWith(secret));
  const child = spawn(
    "turnserver",
    [
      ...["-c", configuration, `--listening-ip=${LOOPBACK}`, `--relay-ip=${LOOPBACK}`, `--listening-port=${port}`],
      ...["--allow-loopback-peers", "--no-tls", "--no-dtls", "--log-file=stdout"],
      ...[`--pidfile=${join(folder, "pid")}`, `--userdb=${join(folder, "db")}`],
    ],
    { cwd: folder, stdio: "ignore" },
  );
  const failed = once(child, "error").then(([failure]) => Promise.reject(failure));
  failed.catch(() => {});
  await Promise.race([failed, listens(port)]);
  return {
    url: `turn:${LOOPBACK}:${port}`,
    async close() {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
      rmSync(folder, { recursive: true });
    },
  };
}

function configurationWith(secret) {
  const [block] = readFileSync(DOCUMENT, "utf8").match(/^use-auth-secret$[^]*?(?=^```$)/m);
  return block.replace(/^denied-peer-ip=127\..*\n/m, "").replace(/^static-auth-secret=.*$/m, `static-auth-secret=${secret}`);
}

async function listens(port) {
  const end = Date.now() + STARTS_WITHIN;
  while (Date.now() < end) {
    const socket = connect(port, LOOPBACK);
    try {
      await once(socket, "connect");
      return;
    } catch {
      await pause(50);
    } finally {
      socket.destroy();
    }
  }
  throw new Error("turnserver did not start");
}
