package io.roomcast.chat.internal.execution;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Emits values that only increase, one sequence for each key. Never emits a value older than the previous one of its
 * key, whichever thread is first. Remembers emitted values for a minute. Safe for use by any thread.
 */
public final class LatestOnly<K, V> {
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final int MOST = 200_000;
    private static final int LOCKS = 64;

    private final TtlCache<K, V> told;
    private final BinaryOperator<V> later;
    private final BiConsumer<K, V> telling;
    private final Object[] locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();

    /**
     * Creates an instance that has emitted no value.
     *
     * @param later combines two values into the one that is true after both
     * @param telling emits a value without blocking; never called for one key by two threads at once
     */
    public LatestOnly(Clock clock, BinaryOperator<V> later, BiConsumer<K, V> telling) {
        this.told = new TtlCache<>(clock, LIFE, MOST, value -> 1);
        this.later = later;
        this.telling = telling;
    }

    /** Emits the value, combined with the previous one. Emits nothing if the value is older. */
    public void tell(K key, V value) {
        synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
            V before = told.find(key);
            V now = before == null ? value : later.apply(before, value);
            if (now.equals(value) || !now.equals(before)) {
                told.merge(key, now, (older, newer) -> newer);
                telling.accept(key, now);
            }
        }
    }

    /** Forgets a key's last value, so that any value may follow. */
    public void forget(K key) {
        told.drop(key);
    }

    /** Forgets the last values of all matching keys. */
    public void forgetAll(Predicate<K> keys) {
        told.dropAll(keys);
    }

    int size() {
        return told.size();
    }

    public void close() {
        told.clear();
    }
}
