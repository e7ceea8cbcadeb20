/**
 * A value with listeners. A listener that fails does not affect the others.
 *
 * @template T
 * @param {T} value
 */
export function createObservable(value) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  return {
    get: () => value,
    count: () => listeners.size,
    /** @param {T} next */
    set(next) {
      if (next === value) return;
      value = next;
      for (const listener of [...listeners]) {
        try {
          if (listeners.has(listener)) listener();
        } catch (error) {
          console.error(error);
        }
      }
    },
    /** @param {() => void} listener */
    subscribe(listener) {
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    clear: () => listeners.clear(),
  };
}
