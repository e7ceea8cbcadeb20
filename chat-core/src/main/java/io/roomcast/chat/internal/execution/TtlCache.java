package io.roomcast.chat.internal.execution;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Caches values for a fixed time, up to a total weight. Removes the oldest values first. Safe for use by any thread;
 * never blocks.
 */
public final class TtlCache<K, V> {
    private record Entry<V>(V value, long writtenAt) {}

    /** In order of writing, which is the order of expiry, as all entries live equally long. */
    @GuardedBy("this")
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>();

    private final ToIntFunction<V> weigher;
    private final long maxWeight;
    private final long lifetimeMillis;
    private final Clock clock;

    @GuardedBy("this")
    private long weight;

    @GuardedBy("this")
    private long invalidations;

    /**
     * Creates an empty cache.
     *
     * @param lifetime how long a value is cached after it was written
     * @param maxWeight the most that all values together may weigh
     * @param weigher returns a value's weight
     */
    public TtlCache(Clock clock, Duration lifetime, long maxWeight, ToIntFunction<V> weigher) {
        this.clock = clock;
        this.lifetimeMillis = lifetime.toMillis();
        this.maxWeight = maxWeight;
        this.weigher = weigher;
    }

    /** Returns the value, or null if there is none or it has expired. */
    public synchronized @Nullable V getIfPresent(K key) {
        Entry<V> entry = entries.get(key);
        return entry == null || isExpired(entry) ? null : entry.value();
    }

    /** Treats entries as expired if the clock was set back. */
    private boolean isExpired(Entry<V> entry) {
        long age = clock.millis() - entry.writtenAt();
        return age < 0 || age >= lifetimeMillis;
    }

    /** Returns how often the cache was invalidated. Read it before a look-up, for {@link #putIfCurrent}. */
    public synchronized long invalidations() {
        return invalidations;
    }

    /** Caches a value that was looked up, unless the cache was invalidated since the given count was read. */
    public synchronized void putIfCurrent(K key, V value, long invalidationsBefore) {
        if (invalidations == invalidationsBefore) {
            put(key, value);
        }
    }

    /** Caches the value, or what the merger returns for the cached value and this one. */
    public synchronized void merge(K key, V value, BinaryOperator<V> merger) {
        V found = getIfPresent(key);
        put(key, found == null ? value : merger.apply(found, value));
    }

    @GuardedBy("this")
    private void put(K key, V value) {
        remove(key);
        entries.put(key, new Entry<>(value, clock.millis()));
        weight += weigher.applyAsInt(value);
        evict();
    }

    @GuardedBy("this")
    private void evict() {
        Iterator<Entry<V>> oldest = entries.values().iterator();
        boolean isDone = false;
        while (!isDone && oldest.hasNext()) {
            Entry<V> next = oldest.next();
            isDone = weight <= maxWeight && !isExpired(next);
            if (!isDone) {
                weight -= weigher.applyAsInt(next.value());
                oldest.remove();
            }
        }
    }

    /** Removes a value, and ignores the results of look-ups in progress. */
    public synchronized void invalidate(K key) {
        invalidations++;
        remove(key);
    }

    @GuardedBy("this")
    private void remove(K key) {
        Entry<V> removed = entries.remove(key);
        if (removed != null) {
            weight -= weigher.applyAsInt(removed.value());
        }
    }

    /** Removes the values of matching keys, and ignores the results of look-ups in progress. */
    public synchronized void invalidateIf(Predicate<K> keys) {
        invalidations++;
        List<K> matching = entries.keySet().stream().filter(keys).toList();
        matching.forEach(this::remove);
    }

    /** Removes matching values, and ignores the results of look-ups in progress. */
    public synchronized void invalidateValuesIf(Predicate<V> values) {
        invalidations++;
        List<K> matching = entries.entrySet().stream()
                .filter(entry -> values.test(entry.getValue().value()))
                .map(Map.Entry::getKey)
                .toList();
        matching.forEach(this::remove);
    }

    /** Removes all values, and ignores the results of look-ups in progress. */
    public synchronized void clear() {
        invalidations++;
        weight = 0;
        entries.clear();
    }

    /** Returns the values that have not expired. */
    public synchronized Map<K, V> entries() {
        Map<K, V> current = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            if (!isExpired(entry)) {
                current.put(key, entry.value());
            }
        });
        return current;
    }

    /** Returns how many values are held, including expired ones that were not removed yet. */
    public synchronized int size() {
        return entries.size();
    }
}
