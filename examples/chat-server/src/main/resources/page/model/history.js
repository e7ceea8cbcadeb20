const PAGE = 50;
const CATCH_UP_PAGE = 100;

/**
 * Keeps a timeline complete: its newest page, older pages on demand, and whatever was missed. Knows the position up to
 * which everything is here.
 */
export function createHistory({ room, connection, timeline, onChange, onReceipts, onError }) {
  let epoch = null;
  let version = 0;
  let loaded = false;
  let hasOlder = false;
  let loadingOlder = null;
  let catchingUp = null;

  async function page(cursor) {
    const answer = await connection.ask("getMessages", { conversationId: room, limit: PAGE, ...cursor });
    if (answer && !answer.success) onError(answer);
    return answer?.success ? answer : null;
  }

  async function loadNewest() {
    const answer = await page({});
    if (!answer) return;
    epoch = answer.epoch;
    version = answer.version;
    loaded = true;
    hasOlder = answer.hasMore;
    onChange(timeline.add(answer.messages));
    if (timeline.hasHole()) await fillHoles();
  }

  async function fillHoles(after = timeline.completeTo()) {
    const answer = await page({ after, limit: CATCH_UP_PAGE });
    if (!answer) return;
    if (isOtherLife(answer)) return startAgain();
    onChange(timeline.add(answer.messages));
    const last = answer.messages?.at(-1)?.seq;
    if (answer.hasMore && last > after) await fillHoles(last);
  }

  /** The server may have come back with another store, whose places start from 1. */
  function isOtherLife(answer) {
    return answer.epoch !== epoch || answer.latestSeq < timeline.completeTo();
  }

  function startAgain() {
    timeline.clear();
    loaded = false;
    onChange([]);
    return loadNewest();
  }

  /** Asks for new messages and for changes of old ones; a server that cannot tell those is asked for messages alone. */
  async function sync() {
    const after = { seq: timeline.completeTo(), version };
    const answer = await connection.ask("syncRoom", { conversationId: room, after, epoch });
    if (!answer && connection.can("syncRoom")) return;
    if (answer?.success) return takePage(answer);
    if (answer?.code === "position_lost") return startAgain();
    return fillHoles();
  }

  function takePage(answer) {
    take(answer);
    if (answer.hasMore) return sync();
  }

  /** Changes of messages that are not here would leave a hole; their page brings them when it is asked for. */
  function take({ messages = [], receipts, covered }) {
    const oldest = timeline.oldestSeq() ?? 0;
    version = Math.max(version, covered?.version ?? 0);
    onChange(timeline.add(messages.filter((message) => message?.seq >= oldest)));
    if (receipts) onReceipts(receipts);
  }

  function once(work) {
    catchingUp ??= work().finally(() => {
      catchingUp = null;
    });
    return catchingUp;
  }

  const catchUp = () => once(async () => (loaded && timeline.oldestSeq() ? sync() : loadNewest()));

  return {
    catchUp,
    startAgain: () => once(async () => startAgain()),
    hasOlder: () => hasOlder,
    isLoaded: () => loaded,
    position: () => (loaded ? { seq: timeline.completeTo(), version } : null),
    epoch: () => epoch,
    /** The room's head as the server says it; what is missing is fetched. */
    compare(head) {
      if (loaded && (head.epoch !== epoch || head.latestSeq < timeline.completeTo())) return this.startAgain();
      const behind = head.latestSeq > timeline.completeTo() || head.version > version;
      return !loaded || behind ? catchUp() : null;
    },
    /** Takes a message that came by itself, and fetches those before it that did not. */
    receive(message) {
      onChange(timeline.add([message]));
      if (loaded && timeline.hasHole()) catchUp();
    },
    /** A change that came by itself. */
    changed(to) {
      version = Math.max(version, to ?? 0);
    },
    /** A page of what was missed, sent because this client said where it was. */
    resumed(answer) {
      if (!loaded) return;
      if (answer.epoch !== epoch) return this.startAgain();
      take(answer);
    },
    loadOlder() {
      if (!hasOlder || !loaded) return Promise.resolve(false);
      loadingOlder ??= olderPage().finally(() => {
        loadingOlder = null;
      });
      return loadingOlder;
    },
  };

  async function olderPage() {
    const answer = await page({ before: timeline.oldestSeq() });
    if (!answer) return false;
    hasOlder = answer.hasMore;
    onChange(timeline.add(answer.messages));
    return true;
  }
}
