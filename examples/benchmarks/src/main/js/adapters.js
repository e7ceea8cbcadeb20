// The official adapters between several servers, each over Redis. Returns options of a server of Socket.IO.
import { createAdapter, createShardedAdapter } from "@socket.io/redis-adapter";
import { createAdapter as createStreamsAdapter } from "@socket.io/redis-streams-adapter";
import { createClient } from "redis";

const CREATE = {
  redis: async (client) => ({ adapter: createAdapter(client, await connected(client.duplicate())) }),
  sharded: async (client) => ({ adapter: createShardedAdapter(client, await connected(client.duplicate())) }),
  streams: async (client) => ({ adapter: createStreamsAdapter(client) }),
  // Only this adapter restores the sessions of other servers.
  recovery: async (client) => ({ adapter: createStreamsAdapter(client), connectionStateRecovery: {} }),
};

// The Redis adapter does not catch the failures of its commands, which would end the process while Redis is away.
process.on("unhandledRejection", (error) => console.error(error.message));

async function connected(client) {
  client.on("error", (error) => console.error(error.message));
  await client.connect();
  return client;
}

export async function adapterOptions(name, uri) {
  return name ? CREATE[name](await connected(createClient({ url: uri }))) : {};
}
