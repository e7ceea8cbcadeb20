package io.roomcast.chat.internal.execution;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Emits values that only increase, one sequence for each key. Never emits a value older than the previous one of its
 * key, whichever thread is first. Remembers emitted values for a minute. Safe for use by any thread.
 */
public final class LatestOnly<K, V> {
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int MAX_KEYS = 200_000;
    private static final int LOCKS = 64;

    private final TtlCache<K, V> emitted;
    private final BinaryOperator<V> later;
    private final BiConsumer<K, V> sink;

    /** A key's lock is held while the key's values are compared and emitted. */
    private final Object[] locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();

    /**
     * Creates an instance that has emitted no value.
     *
     * @param later combines two values into the one that holds after both
     * @param sink receives emitted values; must not block; never called for one key by two threads at a time
     */
    public LatestOnly(Clock clock, BinaryOperator<V> later, BiConsumer<K, V> sink) {
        this.emitted = new TtlCache<>(clock, LIFETIME, MAX_KEYS, value -> 1);
        this.later = later;
        this.sink = sink;
    }

    /** Emits the value, combined with the previous one. Emits nothing if the value is older. */
    public void emit(K key, V value) {
        synchronized (lockOf(key)) {
            V before = emitted.getIfPresent(key);
            V now = before == null ? value : later.apply(before, value);
            if (now.equals(value) || !now.equals(before)) {
                emitNow(key, now);
            }
        }
    }

    /** Emits the value, combined with the previous one, also if it is older. */
    public void emitAgain(K key, V value) {
        synchronized (lockOf(key)) {
            V before = emitted.getIfPresent(key);
            emitNow(key, before == null ? value : later.apply(before, value));
        }
    }

    private void emitNow(K key, V now) {
        emitted.merge(key, now, (older, newer) -> newer);
        sink.accept(key, now);
    }

    private Object lockOf(K key) {
        return locks[Math.floorMod(key.hashCode(), LOCKS)];
    }

    /**
     * Calls the receiver with the key's previous value, if it is remembered, in place of the sink. It must not block;
     * it is never called for one key by two threads at a time.
     */
    public void withPrevious(K key, Consumer<V> receiver) {
        synchronized (lockOf(key)) {
            V before = emitted.getIfPresent(key);
            if (before != null) {
                receiver.accept(before);
            }
        }
    }

    /** Forgets a key's previous value, so that any value may follow. */
    public void forget(K key) {
        emitted.invalidate(key);
    }

    /** Forgets the previous values of all matching keys. */
    public void forgetAll(Predicate<K> keys) {
        emitted.invalidateIf(keys);
    }

    int size() {
        return emitted.size();
    }

    /** Forgets all previous values. */
    public void close() {
        emitted.clear();
    }
}
