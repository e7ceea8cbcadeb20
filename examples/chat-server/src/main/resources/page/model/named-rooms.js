import { readStored } from "./stored.js";

const MAX_ROOMS = 20;

/** Stores the rooms that a user opened by name. They have no members, so the server does not list them. */
export function createNamedRooms(user) {
  const key = `roomcast.rooms.${user}`;
  const read = () => {
    const names = readStored(localStorage, key, []);
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  };
  const write = (names) => localStorage.setItem(key, JSON.stringify(names.slice(0, MAX_ROOMS)));

  return {
    all: read,
    add: (name) => write([name, ...read().filter((other) => other !== name)]),
    forget: (name) => write(read().filter((other) => other !== name)),
  };
}
