const PAGE = 50;
const CATCH_UP_PAGE = 100;

/**
 * Loads the messages of a timeline: the newest page, older pages on demand, and missed messages and changes. Tracks the
 * position up to which the timeline is complete.
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
    if (timeline.hasGap()) await fillGaps();
  }

  async function fillGaps(after = timeline.completeTo()) {
    const answer = await page({ after, limit: CATCH_UP_PAGE });
    if (!answer) return;
    if (isOtherEpoch(answer)) return reset();
    onChange(timeline.add(answer.messages));
    const last = answer.messages?.at(-1)?.seq;
    if (answer.hasMore && last > after) await fillGaps(last);
  }

  /** Returns whether the server has another store, in which sequence numbers start from 1. */
  function isOtherEpoch(answer) {
    return answer.epoch !== epoch || answer.latestSeq < timeline.completeTo();
  }

  function reset() {
    timeline.clear();
    loaded = false;
    onChange([]);
    return loadNewest();
  }

  /** Requests new messages and changes of old ones; only new messages if the server does not support the latter. */
  async function sync() {
    const after = { seq: timeline.completeTo(), version };
    const answer = await connection.ask("syncRoom", { conversationId: room, after, epoch });
    if (!answer && connection.can("syncRoom")) return;
    if (answer?.success) return addPage(answer);
    if (answer?.code === "position_lost") return reset();
    return fillGaps();
  }

  function addPage(answer) {
    add(answer);
    if (answer.hasMore) return sync();
  }

  /** Adds messages. Skips changes of messages that are not loaded, because they would leave a gap; pages include them. */
  function add({ messages = [], receipts, covered }) {
    const oldest = timeline.oldestSeq() ?? 0;
    version = Math.max(version, covered?.version ?? 0);
    onChange(timeline.add(messages.filter((message) => message?.seq >= oldest)));
    if (receipts) onReceipts(receipts);
  }

  function exclusively(work) {
    catchingUp ??= work().finally(() => {
      catchingUp = null;
    });
    return catchingUp;
  }

  const catchUp = () => exclusively(async () => (loaded && timeline.oldestSeq() ? sync() : loadNewest()));

  return {
    catchUp,
    reset: () => exclusively(async () => reset()),
    hasOlder: () => hasOlder,
    isLoaded: () => loaded,
    position: () => (loaded ? { seq: timeline.completeTo(), version } : null),
    epoch: () => epoch,
    /** Compares with the server's newest position, and loads what is missing. */
    compare(head) {
      if (loaded && (head.epoch !== epoch || head.latestSeq < timeline.completeTo())) return this.reset();
      const behind = head.latestSeq > timeline.completeTo() || head.version > version;
      return !loaded || behind ? catchUp() : null;
    },
    /** Adds a message from an event, and loads earlier messages that are missing. */
    receive(message) {
      onChange(timeline.add([message]));
      if (loaded && timeline.hasGap()) catchUp();
    },
    /** Records the version of a change from an event. */
    changed(newVersion) {
      version = Math.max(version, newVersion ?? 0);
    },
    /** Adds a page of missed messages that the server sent after a reconnection. */
    resumed(answer) {
      if (!loaded) return;
      if (answer.epoch !== epoch) return this.reset();
      add(answer);
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
