package io.roomcast.chat.socketio.internal.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limits the failures of each key with a token bucket. Each check takes a token, and a check that succeeds returns it.
 * Safe for use by any thread; never blocks.
 */
final class FailureBudget {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int MIN_CLEANUP_SIZE = 1_000;

    /** The time at which each bucket will be full again, in nanoseconds. */
    private final Map<String, Long> fullAt = new ConcurrentHashMap<>();

    private final LongSupplier nanoTime;
    private final long interval;
    private final long tolerance;
    private volatile int cleanupSize = MIN_CLEANUP_SIZE;

    /** Creates buckets of the given size, refilled at the given number of tokens a second. */
    FailureBudget(int burst, int perSecond, LongSupplier nanoTime) {
        this.interval = SECOND_NANOS / perSecond;
        this.tolerance = interval * (burst - 1);
        this.nanoTime = nanoTime;
    }

    /** Takes a token and returns zero, or takes none and returns the nanoseconds until there is one. */
    long take(String key) {
        long now = nanoTime.getAsLong();
        long[] wait = {0};
        fullAt.compute(key, (same, found) -> {
            long full = found == null || found - now < 0 ? now : found;
            wait[0] = Math.max(0, full - now - tolerance);
            return wait[0] > 0 ? full : full + interval;
        });
        if (fullAt.size() > cleanupSize) {
            dropFull(now);
        }
        return wait[0];
    }

    private void dropFull(long now) {
        fullAt.values().removeIf(full -> full - now <= 0);
        cleanupSize = Math.max(MIN_CLEANUP_SIZE, 2 * fullAt.size());
    }

    /** Returns a token that was taken. */
    void giveBack(String key) {
        fullAt.computeIfPresent(key, (same, full) -> full - interval);
    }

    int size() {
        return fullAt.size();
    }
}
