package io.roomcast.chat.spi;

/**
 * Limits the rate of uses for each key. Rate limiters are built from it. Safe for use by any thread; never blocks.
 *
 * @param <K> the key
 */
@FunctionalInterface
public interface Throttle<K> {
    /**
     * Counts one use and returns zero. If the rate is exceeded, counts none and returns the nanoseconds until the next
     * use is permitted.
     */
    long take(K key);

    /**
     * Returns a throttle with a token bucket for each key.
     *
     * @param perSecond the uses per second for each key, at least 1
     * @param burst the uses at one time after a pause, at least 1
     * @param <K> the key
     */
    static <K> Throttle<K> of(long perSecond, long burst) {
        return new KeyedTokenBuckets<>(perSecond, burst, System::nanoTime);
    }
}
