package io.roomcast.chat.spi;

import io.roomcast.chat.model.Rate;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A bucket for each key. Those that are full again are dropped once there are twice as many as after the last time, so
 * that dropping costs each use next to nothing.
 */
final class KeyedTokenBuckets<K> implements Throttle<K> {
    private static final int FEW = 10_000;
    private static final long NANOS = 1_000_000_000L;

    private final ConcurrentHashMap<K, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final long interval;
    private final long tolerance;
    private final int few;
    private volatile int many;

    /** Buckets of a rate. */
    static <K> KeyedTokenBuckets<K> of(Rate rate, LongSupplier nanoTime) {
        return new KeyedTokenBuckets<>(rate.perSecond(), rate.burst(), nanoTime);
    }

    KeyedTokenBuckets(long perSecond, long burst, LongSupplier nanoTime) {
        this(perSecond, burst, nanoTime, FEW);
    }

    /** Buckets that are not dropped before there are more than a few. */
    KeyedTokenBuckets(long perSecond, long burst, LongSupplier nanoTime, int few) {
        this.nanoTime = nanoTime;
        this.few = few;
        this.many = few;
        this.interval = NANOS / perSecond;
        this.tolerance = interval * (burst - 1);
    }

    @Override
    public long take(K key) {
        return take(key, 1);
    }

    /**
     * Takes several tokens at once, or all of a full bucket that does not hold so many. Takes in the map's hands, so that no
     * bucket is dropped between being found full and being used.
     */
    long take(K key, long weight) {
        long[] wait = {0};
        buckets.compute(key, (same, found) -> {
            long now = nanoTime.getAsLong();
            TokenBucket bucket = found == null ? new TokenBucket(now) : found;
            wait[0] = bucket.take(now, interval, tolerance, weight);
            return bucket;
        });
        if (buckets.size() > many) {
            dropFull(nanoTime.getAsLong());
        }
        return wait[0];
    }

    private void dropFull(long now) {
        for (K key : buckets.keySet()) {
            buckets.computeIfPresent(key, (same, bucket) -> bucket.isFull(now) ? null : bucket);
        }
        many = Math.max(few, 2 * buckets.size());
    }

    void forget(K key) {
        buckets.remove(key);
    }

    int size() {
        return buckets.size();
    }
}
