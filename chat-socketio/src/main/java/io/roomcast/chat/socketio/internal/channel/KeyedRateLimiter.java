package io.roomcast.chat.socketio.internal.channel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limits the rate of each key with a token bucket. Safe for use by any thread; never blocks.
 *
 * <p>Stores one timestamp per key (generic cell rate algorithm). Full buckets are removed, so the memory follows the
 * number of keys in use.
 *
 * @param <K> the keys, such as network addresses
 */
public final class KeyedRateLimiter<K> {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int MIN_CLEANUP_SIZE = 1_000;

    /** The time at which each bucket will be full again. */
    private final Map<K, Long> fullAt = new ConcurrentHashMap<>();

    private final LongSupplier nanoTime;
    private final long interval;
    private final long tolerance;
    private volatile int cleanupSize = MIN_CLEANUP_SIZE;

    /**
     * Creates full buckets.
     *
     * @param burst the size of each bucket, at least 1
     * @param perSecond the number of tokens that each bucket regains per second, from 1 to 1,000,000,000
     * @param nanoTime the clock, in nanoseconds
     */
    public KeyedRateLimiter(int burst, int perSecond, LongSupplier nanoTime) {
        this.interval = SECOND_NANOS / perSecond;
        this.tolerance = interval * (burst - 1);
        this.nanoTime = nanoTime;
    }

    /** Creates full buckets that follow the system's clock. */
    public static <K> KeyedRateLimiter<K> of(int burst, int perSecond) {
        return new KeyedRateLimiter<>(burst, perSecond, System::nanoTime);
    }

    /** Takes a token and returns true; returns false if the bucket is empty. */
    public boolean tryAcquire(K key) {
        return acquire(key) == 0;
    }

    /** Takes a token and returns 0. If the bucket is empty, returns the nanoseconds until the next token instead. */
    public long acquire(K key) {
        long now = nanoTime.getAsLong();
        long[] wait = {0};
        fullAt.compute(key, (same, found) -> {
            long full = found == null || found - now < 0 ? now : found;
            wait[0] = Math.max(0, full - now - tolerance);
            return wait[0] > 0 ? full : full + interval;
        });
        if (fullAt.size() > cleanupSize) {
            removeFull(now);
        }
        return wait[0];
    }

    private void removeFull(long now) {
        fullAt.values().removeIf(full -> full - now <= 0);
        cleanupSize = Math.max(MIN_CLEANUP_SIZE, 2 * fullAt.size());
    }

    /** Returns a token that was taken. */
    public void refund(K key) {
        fullAt.computeIfPresent(key, (same, full) -> full - interval);
    }
}
