package io.roomcast.chat.internal.execution;

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
 * Answers that are kept for a while, as many as have room; safe for use by any thread, never blocks.
 *
 * <p>All live equally long, so the order in which they came is the order in which they go.
 */
public final class TtlCache<K, V> {
    private record Answer<V>(V value, long since) {}

    private final LinkedHashMap<K, Answer<V>> answers = new LinkedHashMap<>();
    private final ToIntFunction<V> weigher;
    private final long room;
    private final long life;
    private final Clock clock;
    private long weight;
    private long drops;

    /**
     * Keeps nothing yet.
     *
     * @param life how long an answer is good
     * @param room how much all answers together may weigh
     * @param weigher what an answer weighs
     */
    public TtlCache(Clock clock, Duration life, long room, ToIntFunction<V> weigher) {
        this.clock = clock;
        this.life = life.toMillis();
        this.room = room;
        this.weigher = weigher;
    }

    /** The answer, or null if none is kept that is still good. */
    public synchronized @Nullable V find(K key) {
        Answer<V> found = answers.get(key);
        return found == null || isOld(found) ? null : found.value();
    }

    /** A clock that was set back makes answers old, not young. */
    private boolean isOld(Answer<V> answer) {
        long age = clock.millis() - answer.since();
        return age < 0 || age >= life;
    }

    /** How often something was dropped; to be noted before asking for what is to be {@linkplain #keep kept}. */
    public synchronized long drops() {
        return drops;
    }

    /** Keeps an answer, unless it may be older than a drop. */
    public synchronized void keep(K key, V value, long dropsBefore) {
        if (drops == dropsBefore) {
            put(key, value);
        }
    }

    /** Keeps what the merger makes of the answer and the one that is kept. */
    public synchronized void merge(K key, V value, BinaryOperator<V> merger) {
        V found = find(key);
        put(key, found == null ? value : merger.apply(found, value));
    }

    private void put(K key, V value) {
        remove(key);
        answers.put(key, new Answer<>(value, clock.millis()));
        weight += weigher.applyAsInt(value);
        makeRoom();
    }

    private void makeRoom() {
        Iterator<Answer<V>> oldest = answers.values().iterator();
        boolean isDone = false;
        while (!isDone && oldest.hasNext()) {
            Answer<V> next = oldest.next();
            isDone = weight <= room && !isOld(next);
            if (!isDone) {
                weight -= weigher.applyAsInt(next.value());
                oldest.remove();
            }
        }
    }

    /** Forgets an answer, and whatever was asked before and is not answered yet. */
    public synchronized void drop(K key) {
        drops++;
        remove(key);
    }

    private void remove(K key) {
        Answer<V> removed = answers.remove(key);
        if (removed != null) {
            weight -= weigher.applyAsInt(removed.value());
        }
    }

    /** Forgets the matching answers, and ignores the results of look-ups in progress. */
    public synchronized void dropAll(Predicate<K> keys) {
        drops++;
        List<K> dropped = answers.keySet().stream().filter(keys).toList();
        dropped.forEach(this::remove);
    }

    /** As {@link #dropAll}, by what the answers are. */
    public synchronized void dropAllOf(Predicate<V> values) {
        drops++;
        List<K> dropped = answers.entrySet().stream()
                .filter(entry -> values.test(entry.getValue().value()))
                .map(Map.Entry::getKey)
                .toList();
        dropped.forEach(this::remove);
    }

    public synchronized void clear() {
        drops++;
        weight = 0;
        answers.clear();
    }

    public synchronized int size() {
        return answers.size();
    }
}
