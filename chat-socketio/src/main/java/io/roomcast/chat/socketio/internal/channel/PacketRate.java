package io.roomcast.chat.socketio.internal.channel;

/** Limits the rate of one client's packets, with bursts of {@value #BURST_SECONDS} seconds. */
@EventLoopConfined
public final class PacketRate {
    private static final long NANOS = 1_000_000_000L;
    private static final int BURST_SECONDS = 4;

    private final int perSecond;
    private long left;
    private long refilledAt = System.nanoTime();

    /** Creates a limit of the given number of packets per second. */
    public PacketRate(int perSecond) {
        this.perSecond = perSecond;
        this.left = (long) BURST_SECONDS * perSecond;
    }

    /** Counts a packet; returns false if it exceeds the rate. Reads the clock only when the burst is used up. */
    public boolean tryAcquire() {
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
