const MOST = 300;
const STEP = 100;

/** Which of a conversation's messages are shown: no more than some hundreds, the newest unless the reader has gone back. */
export function createMessageWindow(timeline) {
  let from = null;
  let to = null;

  const start = () => (from === null ? Math.max(0, timeline.messages.length - MOST) : timeline.indexOf(from));
  const end = () => (to === null ? timeline.messages.length : timeline.indexOf(to));
  const seqAt = (index) => timeline.messages[index]?.seq ?? null;

  function show(first, last) {
    const count = timeline.messages.length;
    to = last >= count ? null : seqAt(last);
    from = to === null && first <= Math.max(0, count - MOST) ? null : seqAt(Math.max(0, first));
  }

  return {
    shown: () => timeline.messages.slice(start(), end()),
    before: () => timeline.messages[start() - 1],
    isAtNewest: () => to === null,
    hasOlder: () => start() > 0,
    /** Keeps showing what is shown while the newest go on; without this the oldest shown would go. */
    hold: () => from === null && show(start(), end()),
    /** The newest only. */
    follow() {
      from = null;
      to = null;
    },
    /** Some older ones, for as many of the newest. */
    older: () => show(start() - STEP, Math.min(end(), start() - STEP + MOST)),
    /** Some newer ones, for as many of the oldest. */
    newer() {
      const last = Math.min(timeline.messages.length, end() + STEP);
      show(Math.max(start(), last - MOST), last);
    },
    /** Those around a message. */
    around(seq) {
      const at = timeline.indexOf(seq);
      if (at >= start() && at < end()) return;
      show(at - STEP, at - STEP + MOST);
    },
  };
}
