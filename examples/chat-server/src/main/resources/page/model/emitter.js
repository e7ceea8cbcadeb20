/** Tells listeners of events by name. */
export function createEmitter() {
  const listeners = new Map();
  return {
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => all.delete(listener);
    },
    emit(event, value) {
      listeners.get(event)?.forEach((listener) => listener(value));
    },
  };
}
