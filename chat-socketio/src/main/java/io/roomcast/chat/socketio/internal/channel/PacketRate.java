package io.roomcast.chat.socketio.internal.channel;

/** Counts one client's packets against its rate; used on the session's event loop. */
public final class PacketRate {
    private static final long NANOS = 1_000_000_000L;
    private static final int BURST_SECONDS = 4;

    private final int perSecond;
    private long left;
    private long refilledAt = System.nanoTime();

    public PacketRate(int perSecond) {
        this.perSecond = perSecond;
        this.left = (long) BURST_SECONDS * perSecond;
    }

    /** Whether one more may pass; the clock is asked only when a burst is used up. */
    public boolean take() {
        if (left <= 0) {
            refill();
        }
        left--;
        return left >= 0;
    }

    private void refill() {
        long now = System.nanoTime();
        long earned = Math.min(BURST_SECONDS * NANOS, now - refilledAt) / (NANOS / perSecond);
        left = Math.min(earned, (long) BURST_SECONDS * perSecond);
        refilledAt = now;
    }
}
