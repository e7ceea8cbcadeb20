import { createObservable } from "./observable.js";

const RETRY = 1_000;

/**
 * What the server knows of users who are watched. Requests them in batches, and again on each connection.
 *
 * @template {{ userId: string }} Known
 * @param {object} parts
 * @param {import("./environment.js").Environment} parts.environment
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 * @param {string} parts.event
 * @param {string} parts.field the field of its answer
 * @param {import("../contract/chat-events").SessionEvent["supports"][number]} [parts.feature] what the server must support
 * @param {number} parts.page how many users a request may have
 * @param {number} parts.max how many users are watched; then those who were watched first are dropped
 */
export function createWatched({ environment, connection, event, field, feature, page, max }) {
  const observable = createObservable(/** @type {Readonly<Record<string, Known>>} */ (Object.freeze({})));
  /** @type {Set<string>} */
  const wanted = new Set();
  /** @type {Set<string>} */
  const due = new Set();
  /** @type {Promise<any> | null} */
  let loading = null;
  /** @type {unknown} */
  let timer = null;

  /** @param {readonly Known[]} list */
  function take(list) {
    const known = Object.fromEntries(Object.entries(observable.get()).filter(([id]) => wanted.has(id)));
    for (const each of list) if (wanted.has(each?.userId)) known[each.userId] = each;
    observable.set(Object.freeze(known));
  }

  /** Requests what is due at the end of the task, so that one request is enough for a whole view. */
  function load() {
    loading ??= Promise.resolve().then(request);
    return loading;
  }

  async function request() {
    /** @type {any} */
    let answer = { success: true };
    while (due.size > 0 && answer.success && (!feature || connection.session()?.supports?.includes(feature))) {
      const userIds = [...due].slice(0, page);
      userIds.forEach((id) => due.delete(id));
      answer = await connection.request(event, { userIds });
      if (answer.success) take(answer[field] ?? []);
      else if (answer.retryable && connection.isOnline()) {
        userIds.forEach((id) => due.add(id));
        environment.clearTimer(timer);
        timer = environment.setTimer(load, answer.retryAfterMs || RETRY);
      }
    }
    loading = null;
    return answer;
  }

  return {
    take,
    list: {
      subscribe: observable.subscribe,
      getSnapshot: observable.get,
      /** @param {readonly string[]} userIds */
      watch(userIds) {
        for (const id of userIds.slice(0, max)) {
          if (!wanted.delete(id)) due.add(id);
          wanted.add(id);
        }
        for (const id of wanted) {
          if (wanted.size <= max) break;
          wanted.delete(id);
          due.delete(id);
        }
        return load();
      },
    },
    /** A connection has begun. */
    begin() {
      wanted.forEach((id) => due.add(id));
      void load();
    },
    disconnected: () => observable.set(Object.freeze({})),
    close() {
      environment.clearTimer(timer);
      observable.clear();
    },
  };
}
