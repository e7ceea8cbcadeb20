package io.roomcast.chat.spi;

import io.roomcast.chat.model.Rate;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Holds a token bucket for each key. Safe for use by any thread.
 *
 * <p>Full buckets are dropped once there are twice as many buckets as after the last cleanup. So the cost of cleaning
 * up is spread over many calls.
 */
final class KeyedTokenBuckets<K> implements Throttle<K> {
    private static final int MIN_SIZE = 10_000;
    private static final long NANOS = 1_000_000_000L;

    private final ConcurrentHashMap<K, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final long interval;
    private final long tolerance;
    private final int minSize;
    private volatile int cleanupSize;

    /** Creates buckets for a rate. */
    static <K> KeyedTokenBuckets<K> of(Rate rate, LongSupplier nanoTime) {
        return new KeyedTokenBuckets<>(rate.perSecond(), rate.burst(), nanoTime);
    }

    KeyedTokenBuckets(long perSecond, long burst, LongSupplier nanoTime) {
        this(perSecond, burst, nanoTime, MIN_SIZE);
    }

    /**
     * Creates buckets.
     *
     * @param minSize the number of buckets up to which none are dropped
     */
    KeyedTokenBuckets(long perSecond, long burst, LongSupplier nanoTime, int minSize) {
        this.nanoTime = nanoTime;
        this.minSize = minSize;
        this.cleanupSize = minSize;
        this.interval = NANOS / perSecond;
        this.tolerance = interval * (burst - 1);
    }

    @Override
    public long take(K key) {
        return take(key, 1);
    }

    /**
     * Takes several tokens; if the bucket can never hold as many, takes a full bucket. Runs inside the map's {@code
     * compute}, so that no bucket is dropped between the check and the use.
     */
    long take(K key, long weight) {
        long[] wait = {0};
        buckets.compute(key, (same, found) -> {
            long now = nanoTime.getAsLong();
            TokenBucket bucket = found == null ? new TokenBucket(now) : found;
            wait[0] = bucket.take(now, interval, tolerance, weight);
            return bucket;
        });
        if (buckets.size() > cleanupSize) {
            dropFull(nanoTime.getAsLong());
        }
        return wait[0];
    }

    private void dropFull(long now) {
        for (K key : buckets.keySet()) {
            buckets.computeIfPresent(key, (same, bucket) -> bucket.isFull(now) ? null : bucket);
        }
        cleanupSize = Math.max(minSize, 2 * buckets.size());
    }

    void forget(K key) {
        buckets.remove(key);
    }

    int size() {
        return buckets.size();
    }
}
