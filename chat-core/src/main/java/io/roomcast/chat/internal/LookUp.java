package io.roomcast.chat.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Answers of the store that are kept for a while: for long that something is there, and for a moment that it is not.
 * Safe for use by any thread.
 */
final class LookUp<K, V> {
    private static final int MOST = 100_000;

    private final RecentAnswers<K, V> found;
    private final RecentAnswers<K, Boolean> absent;
    private final Function<K, Optional<V>> store;

    /**
     * Keeps nothing yet.
     *
     * @param store what is asked where nothing is kept; may block
     */
    LookUp(Clock clock, Duration life, Duration lifeOfAbsence, Function<K, Optional<V>> store) {
        this.found = new RecentAnswers<>(clock, life, MOST, answer -> 1);
        this.absent = new RecentAnswers<>(clock, lifeOfAbsence, MOST, answer -> 1);
        this.store = store;
    }

    /** What is there; may block. */
    Optional<V> find(K key) {
        V known = found.find(key);
        if (known != null) {
            return Optional.of(known);
        }
        return absent.find(key) != null ? Optional.empty() : ask(key);
    }

    /** Whether it is known to be there; never blocks. */
    boolean isKnown(K key) {
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
    void learn(Collection<K> keys, Function<List<K>, Map<K, V>> all) {
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

    /** Forgets an answer, and whatever was asked before and is not answered yet. */
    void drop(K key) {
        found.drop(key);
        absent.drop(key);
    }

    void dropAll(Predicate<K> keys) {
        found.dropAll(keys);
        absent.dropAll(keys);
    }

    void clear() {
        found.clear();
        absent.clear();
    }

    int size() {
        return found.size() + absent.size();
    }
}
