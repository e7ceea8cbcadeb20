package io.roomcast.chat.internal.execution;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Caches the store's entries for long, and the absence of entries for a short time. Safe for use by any thread. */
public final class LookupCache<K, V> {
    private static final int MAX_ENTRIES = 100_000;

    private final TtlCache<K, V> found;
    private final TtlCache<K, Boolean> absent;
    private final Function<K, Optional<V>> loader;

    /**
     * Creates an empty cache.
     *
     * @param lifetime how long an entry is cached
     * @param absenceLifetime how long it is cached that there is no entry
     * @param loader loads an entry that is not cached; may block
     */
    public LookupCache(Clock clock, Duration lifetime, Duration absenceLifetime, Function<K, Optional<V>> loader) {
        this.found = new TtlCache<>(clock, lifetime, MAX_ENTRIES, value -> 1);
        this.absent = new TtlCache<>(clock, absenceLifetime, MAX_ENTRIES, value -> 1);
        this.loader = loader;
    }

    /** Returns the entry, or empty if there is none. May block for the loader. */
    public Optional<V> get(K key) {
        V cached = found.getIfPresent(key);
        if (cached != null) {
            return Optional.of(cached);
        }
        return absent.getIfPresent(key) != null ? Optional.empty() : load(key);
    }

    /** Returns whether the entry is cached; never blocks. */
    public boolean isCached(K key) {
        return found.getIfPresent(key) != null;
    }

    private Optional<V> load(K key) {
        long invalidations = found.invalidations();
        Optional<V> loaded = loader.apply(key);
        put(key, loaded, invalidations);
        return loaded;
    }

    /** Caches a result, unless it is older than an invalidation. Both parts are always invalidated together. */
    private void put(K key, Optional<V> loaded, long invalidations) {
        loaded.ifPresentOrElse(value -> found.putIfCurrent(key, value, invalidations), () -> {
            if (found.invalidations() == invalidations) {
                absent.putIfCurrent(key, true, absent.invalidations());
            }
        });
    }

    /**
     * Loads the entries that are not cached, with one call. May block.
     *
     * @param allLoader loads several entries, and leaves out those that do not exist; not called if all are cached
     */
    public void loadAll(Collection<K> keys, Function<List<K>, Map<K, V>> allLoader) {
        List<K> unknown = keys.stream()
                .distinct()
                .filter(key -> found.getIfPresent(key) == null && absent.getIfPresent(key) == null)
                .toList();
        if (!unknown.isEmpty()) {
            long invalidations = found.invalidations();
            Map<K, V> loaded = allLoader.apply(unknown);
            unknown.forEach(key -> put(key, Optional.ofNullable(loaded.get(key)), invalidations));
        }
    }

    /** Removes an entry, and ignores the results of look-ups in progress. */
    public void invalidate(K key) {
        found.invalidate(key);
        absent.invalidate(key);
    }

    /** Removes the matching entries, and ignores the results of look-ups in progress. */
    public void invalidateIf(Predicate<K> keys) {
        found.invalidateIf(keys);
        absent.invalidateIf(keys);
    }

    /** Removes all entries, and ignores the results of look-ups in progress. */
    public void clear() {
        found.clear();
        absent.clear();
    }

    /** Returns how many entries and absences are cached. */
    public int size() {
        return found.size() + absent.size();
    }
}
