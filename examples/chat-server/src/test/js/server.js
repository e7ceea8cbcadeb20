import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Starts a chat server and answers when it has said that it is ready. */
export async function startServer(command, environment) {
  const [program, ...rest] = command;
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // under the name localhost the socket's library does not notice that the network is cut
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
