/** Calls listeners of named events. An exception of one listener does not affect the others. */
export function createEmitter() {
  const listeners = new Map();
  return {
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => all.delete(listener);
    },
    emit(event, value) {
      listeners.get(event)?.forEach((listener) => {
        try {
          listener(value);
        } catch (error) {
          reportError(error);
        }
      });
    },
  };
}
