package io.roomcast.chat.internal.execution;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Caches the store's answers: present entries for long, absent ones for a moment. Safe for use by any thread. */
public final class LookupCache<K, V> {
    private static final int MOST = 100_000;

    private final TtlCache<K, V> found;
    private final TtlCache<K, Boolean> absent;
    private final Function<K, Optional<V>> store;

    /**
     * Creates an empty cache.
     *
     * @param store loads an entry that is not cached; may block
     */
    public LookupCache(Clock clock, Duration life, Duration lifeOfAbsence, Function<K, Optional<V>> store) {
        this.found = new TtlCache<>(clock, life, MOST, answer -> 1);
        this.absent = new TtlCache<>(clock, lifeOfAbsence, MOST, answer -> 1);
        this.store = store;
    }

    /** Returns the entry, if it exists; may block. */
    public Optional<V> find(K key) {
        V known = found.find(key);
        if (known != null) {
            return Optional.of(known);
        }
        return absent.find(key) != null ? Optional.empty() : ask(key);
    }

    /** Returns whether the entry is known to exist; never blocks. */
    public boolean isKnown(K key) {
        return found.find(key) != null;
    }

    private Optional<V> ask(K key) {
        long drops = found.drops();
        Optional<V> answer = store.apply(key);
        keep(key, answer, drops);
        return answer;
    }

    /** An answer that is older than a drop is not kept: both parts are dropped together. */
    private void keep(K key, Optional<V> answer, long drops) {
        answer.ifPresentOrElse(value -> found.keep(key, value, drops), () -> {
            if (found.drops() == drops) {
                absent.keep(key, true, absent.drops());
            }
        });
    }

    /**
     * Asks once for all of the keys of which nothing is known; may block.
     *
     * @param all answers for several keys at once, and leaves out what is not there
     */
    public void learn(Collection<K> keys, Function<List<K>, Map<K, V>> all) {
        List<K> unknown = keys.stream()
                .distinct()
                .filter(key -> found.find(key) == null && absent.find(key) == null)
                .toList();
        if (!unknown.isEmpty()) {
            long drops = found.drops();
            Map<K, V> answers = all.apply(unknown);
            unknown.forEach(key -> keep(key, Optional.ofNullable(answers.get(key)), drops));
        }
    }

    /** Forgets an entry, and ignores the results of look-ups in progress. */
    public void drop(K key) {
        found.drop(key);
        absent.drop(key);
    }

    public void dropAll(Predicate<K> keys) {
        found.dropAll(keys);
        absent.dropAll(keys);
    }

    public void clear() {
        found.clear();
        absent.clear();
    }

    public int size() {
        return found.size() + absent.size();
    }
}
