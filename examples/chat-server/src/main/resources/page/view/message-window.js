const MAX_SHOWN = 300;
const STEP = 100;

/** Selects the messages to show: at most 300, by default the newest. */
export function createMessageWindow(timeline) {
  let from = null;
  let to = null;

  const start = () => (from === null ? Math.max(0, timeline.messages.length - MAX_SHOWN) : timeline.indexOf(from));
  const end = () => (to === null ? timeline.messages.length : timeline.indexOf(to));
  const seqAt = (index) => timeline.messages[index]?.seq ?? null;

  function show(first, last) {
    const count = timeline.messages.length;
    to = last >= count ? null : seqAt(last);
    from = to === null && first <= Math.max(0, count - MAX_SHOWN) ? null : seqAt(Math.max(0, first));
  }

  return {
    shown: () => timeline.messages.slice(start(), end()),
    before: () => timeline.messages[start() - 1],
    isAtNewest: () => to === null,
    hasOlder: () => start() > 0,
    /** Keeps the shown messages when new ones arrive, which would otherwise replace the oldest ones. */
    hold: () => from === null && show(start(), end()),
    /** Shows the newest messages. */
    follow() {
      from = null;
      to = null;
    },
    /** Shows older messages in place of the newest ones. */
    older: () => show(start() - STEP, Math.min(end(), start() - STEP + MAX_SHOWN)),
    /** Shows newer messages in place of the oldest ones. */
    newer() {
      const last = Math.min(timeline.messages.length, end() + STEP);
      show(Math.max(start(), last - MAX_SHOWN), last);
    },
    /** Shows the messages around a sequence number. */
    around(seq) {
      const at = timeline.indexOf(seq);
      if (at >= start() && at < end()) return;
      show(at - STEP, at - STEP + MAX_SHOWN);
    },
  };
}
