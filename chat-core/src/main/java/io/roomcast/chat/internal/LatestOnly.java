package io.roomcast.chat.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Tells values of things that only rise, and none that is older than what was told of the thing before, whichever
 * thread comes first. What was told is remembered for a minute. Safe for use by any thread.
 */
final class LatestOnly<K, V> {
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final int MOST = 200_000;
    private static final int LOCKS = 64;

    private final RecentAnswers<K, V> told;
    private final BinaryOperator<V> later;
    private final BiConsumer<K, V> telling;
    private final Object[] locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();

    /**
     * Has told nothing yet.
     *
     * @param later what is true once both values are
     * @param telling tells a value, without blocking; not called for one thing by two threads at once
     */
    LatestOnly(Clock clock, BinaryOperator<V> later, BiConsumer<K, V> telling) {
        this.told = new RecentAnswers<>(clock, LIFE, MOST, value -> 1);
        this.later = later;
        this.telling = telling;
    }

    /** Tells the value, or what is true together with what was told before; nothing if the value is older. */
    void tell(K key, V value) {
        synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
            V before = told.find(key);
            V now = before == null ? value : later.apply(before, value);
            if (now.equals(value) || !now.equals(before)) {
                told.merge(key, now, (older, newer) -> newer);
                telling.accept(key, now);
            }
        }
    }

    /** Lets a thing begin anew, from whatever value. */
    void forget(K key) {
        told.drop(key);
    }

    /** Lets some things begin anew. */
    void forgetAll(Predicate<K> keys) {
        told.dropAll(keys);
    }

    int size() {
        return told.size();
    }

    void close() {
        told.clear();
    }
}
