const WAIT = 2_000;

/** Loads the messages that others quote, one at a time, so that a page of quotes does not use up the user's rate. */
export function createQuotes(room) {
  const wanted = [];
  const asked = new Set();
  let isLoading = false;
  let timer = null;

  async function load() {
    timer = null;
    if (isLoading || wanted.length === 0) return;
    isLoading = true;
    const id = wanted.pop();
    const answer = await room.loadMessage(id);
    isLoading = false;
    if (!answer.retryable) return load();
    wanted.push(id);
    timer ??= setTimeout(load, answer.retryAfterMs || WAIT);
  }

  return {
    /** Requests a message, unless it was requested before. */
    want(id) {
      if (asked.has(id)) return;
      asked.add(id);
      wanted.push(id);
      if (timer === null) load();
    },
    /** The messages were loaded again, without those that were requested. */
    forget: () => asked.clear(),
    close() {
      wanted.length = 0;
      clearTimeout(timer);
    },
  };
}
