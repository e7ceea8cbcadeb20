const PAGE = 50;
const CATCH_UP_PAGE = 100;

/** Keeps a timeline complete: its newest page, older pages on demand, and whatever was missed. */
export function createHistory({ room, connection, timeline, onChange, onError }) {
  let epoch = null;
  let loaded = false;
  let hasOlder = false;
  let loadingOlder = false;
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
    if (answer.hasMore) await fillHoles(answer.messages.at(-1).seq);
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

  function catchUp() {
    catchingUp ??= (loaded && timeline.oldestSeq() ? fillHoles() : loadNewest()).finally(() => {
      catchingUp = null;
    });
    return catchingUp;
  }

  return {
    catchUp,
    /** Takes a message that came by itself, and fetches those before it that did not. */
    receive(message) {
      onChange(timeline.add([message]));
      if (loaded && timeline.hasHole()) catchUp();
    },
    hasOlder: () => hasOlder,
    isLoaded: () => loaded,
    async loadOlder() {
      if (!hasOlder || loadingOlder) return;
      loadingOlder = true;
      const answer = await page({ before: timeline.oldestSeq() });
      loadingOlder = false;
      if (!answer) return;
      hasOlder = answer.hasMore;
      onChange(timeline.add(answer.messages));
    },
  };
}
