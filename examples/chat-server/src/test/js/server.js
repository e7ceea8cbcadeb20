import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Starts a chat server. Resolves once it has printed the ready line. */
export async function startServer(command, environment) {
  const [program, ...rest] = command;
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // With the name localhost, the Socket.IO client does not detect a cut network.
  const url = (await readyUrl(child)).replace("localhost", "127.0.0.1");
  return { url, port: new URL(url).port, kill: () => end(child, "SIGKILL"), stop: () => end(child, "SIGTERM") };
}

async function readyUrl(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = line.match(/^Roomcast is ready: (\S+)/);
    if (ready) return ready[1];
  }
  throw new Error("the server ended before it was ready");
}

async function end(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
}
