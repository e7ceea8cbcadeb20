package io.roomcast.chat.spi;

/**
 * Holds each of many keys to a rate; what limiters are made of. Safe for use by several threads; never blocks.
 *
 * @param <K> what is held to the rate
 */
@FunctionalInterface
public interface Throttle<K> {
    /** Counts one use and answers zero, or counts none and answers the nanoseconds until there may be one. */
    long take(K key);

    /**
     * A bucket of tokens for each key.
     *
     * @param perSecond how many uses a second each key has, at least 1
     * @param burst how many it has at once after a rest, at least 1
     * @param <K> what is held to the rate
     */
    static <K> Throttle<K> of(long perSecond, long burst) {
        return new KeyedTokenBuckets<>(perSecond, burst, System::nanoTime);
    }
}
