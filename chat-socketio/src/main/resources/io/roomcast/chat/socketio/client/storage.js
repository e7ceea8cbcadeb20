/**
 * @typedef {import("./roomcast.d.ts").OutboxStorage} OutboxStorage
 * @typedef {import("./roomcast.d.ts").OutboxEntry} OutboxEntry
 */

const STORE = "outbox";

/**
 * Returns the storage of this browser, or memory if it has none.
 *
 * @param {string} name the server's address, because each server has its own messages
 * @returns {OutboxStorage & { close(): void }}
 */
export const defaultStorage = (name) =>
  typeof indexedDB === "undefined" ? { ...inMemory(), close() {} } : inBrowser(name);

/** @returns {OutboxStorage} */
export function inMemory() {
  /** @type {Map<string, Map<string, OutboxEntry>>} */
  const users = new Map();
  return {
    load: async (user) => [...(users.get(user)?.values() ?? [])],
    async put(user, entry) {
      if (!users.has(user)) users.set(user, new Map());
      users.get(user)?.set(entry.clientMessageId, entry);
    },
    remove: async (user, id) => void users.get(user)?.delete(id),
  };
}

/** Falls back to memory if the browser refuses to store, as in some private windows. @param {string} name */
function inBrowser(name) {
  const memory = inMemory();
  /** @type {Promise<IDBDatabase> | null} */
  let database = null;
  let closed = false;

  /**
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<T>} work
   * @returns {Promise<T>}
   */
  async function run(mode, work) {
    const opened = await (database ??= open(name));
    try {
      return await settled(work(opened.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      if (closed) release();
    }
  }

  /** Ends the connection once all work in progress is done. Work that begins later opens another one. */
  function release() {
    database?.then((opened) => opened.close()).catch(() => {});
    database = null;
  }

  /** @type {OutboxStorage} */
  const storage = {
    load: (user) => run("readonly", (store) => store.getAll(IDBKeyRange.bound([user], [user, []]))),
    put: async (user, entry) => void (await run("readwrite", (store) => store.put(entry, [user, entry.clientMessageId]))),
    remove: async (user, id) => void (await run("readwrite", (store) => store.delete([user, id]))),
  };
  return {
    /** @param {string} user */
    load: async (user) => [...(await storage.load(user).catch(() => [])), ...(await memory.load(user))],
    /** @param {string} user @param {OutboxEntry} entry */
    put: (user, entry) => storage.put(user, entry).catch(() => memory.put(user, entry)),
    /** @param {string} user @param {string} id */
    remove: async (user, id) => {
      await storage.remove(user, id).catch(() => {});
      await memory.remove(user, id);
    },
    close() {
      closed = true;
      release();
    },
  };
}

/** @param {string} name @returns {Promise<IDBDatabase>} */
function open(name) {
  const request = indexedDB.open(`roomcast ${name}`, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
