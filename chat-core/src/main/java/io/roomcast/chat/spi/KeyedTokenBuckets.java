package io.roomcast.chat.spi;

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
    private volatile int many = FEW;

    KeyedTokenBuckets(long perSecond, long burst, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.interval = NANOS / perSecond;
        this.tolerance = interval * (burst - 1);
    }

    @Override
    public long take(K key) {
        long now = nanoTime.getAsLong();
        TokenBucket bucket = buckets.get(key);
        return (bucket == null ? create(key, now) : bucket).take(now, interval, tolerance);
    }

    private TokenBucket create(K key, long now) {
        if (buckets.size() >= many) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
            many = Math.max(FEW, 2 * buckets.size());
        }
        return buckets.computeIfAbsent(key, absent -> new TokenBucket(now));
    }

    int size() {
        return buckets.size();
    }
}
