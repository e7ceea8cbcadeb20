import { readStored } from "./stored.js";

const MOST = 20;

/** Rooms that a user opened by their names. Nobody is a member of them, so this browser remembers them. */
export function createNamedRooms(user) {
  const key = `roomcast.rooms.${user}`;
  const read = () => {
    const names = readStored(localStorage, key, []);
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  };
  const write = (names) => localStorage.setItem(key, JSON.stringify(names.slice(0, MOST)));

  return {
    all: read,
    add: (name) => write([name, ...read().filter((other) => other !== name)]),
    forget: (name) => write(read().filter((other) => other !== name)),
  };
}
