/**
 * Runs in a page before its scripts. Records what the page keeps alive, so that a test sees what is left after an end:
 * timers, sockets, channels to other tabs, and listeners of the events that are named.
 */
export function recordWhatLives(events) {
  const live = { timers: new Map(), sockets: new Set(), channels: new Set(), listeners: new Map() };
  window.live = live;
  window.whatLives = () => [
    ...live.timers.values(),
    ...[...live.sockets].map(({ url }) => `socket to ${url}`),
    ...[...live.channels].map(({ name }) => `channel ${name}`),
    ...live.listeners.values(),
  ];

  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  window.setTimeout = (work, delay, ...values) => {
    const done = () => (live.timers.delete(id), work(...values));
    const id = setTimeout(done, delay);
    live.timers.set(id, `timeout of ${delay} ms: ${String(work).slice(0, 60)}`);
    return id;
  };
  window.clearTimeout = (id) => (live.timers.delete(id), clearTimeout(id));
  window.setInterval = (work, delay) => {
    const id = setInterval(work, delay);
    live.timers.set(id, `interval of ${delay} ms`);
    return id;
  };
  window.clearInterval = (id) => (live.timers.delete(id), clearInterval(id));

  window.WebSocket = class extends WebSocket {
    constructor(...values) {
      super(...values);
      live.sockets.add(this);
      this.addEventListener("close", () => live.sockets.delete(this));
    }
  };
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name) {
      super(name);
      live.channels.add(this);
    }
    close() {
      live.channels.delete(this);
      super.close();
    }
  };
  for (const target of [window, document]) {
    const { addEventListener, removeEventListener } = target;
    target.addEventListener = (event, listener, ...rest) => {
      if (events.includes(event)) live.listeners.set(listener, `listener of ${event}`);
      addEventListener.call(target, event, listener, ...rest);
    };
    target.removeEventListener = (event, listener, ...rest) => {
      live.listeners.delete(listener);
      removeEventListener.call(target, event, listener, ...rest);
    };
  }
}

/** The events of a page's life, whose listeners keep a chat alive. */
export const PAGE_EVENTS = ["online", "offline", "visibilitychange", "pagehide", "pageshow", "beforeunload"];
