package io.roomcast.chat.internal.execution;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Emits at most one value per key and pause, by default a second: immediately if the key is idle, otherwise the newest
 * one when the pause ends. Safe for use by any thread; never blocks.
 *
 * <p>One timer serves all keys, and runs only while there are keys.
 */
public final class ConflatingThrottle<K, V> implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(250);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** The most keys that are throttled at a time. Values of further keys are emitted immediately. */
    static final int MAX_KEYS = 50_000;

    /** A key's newest value, and when the key emitted last; guarded by the throttle. */
    private static final class Entry<V> {
        private V newest;
        private long emittedAt;
        private boolean isPending;

        private Entry(V emitted, long now) {
            newest = emitted;
            emittedAt = now;
        }

        /** Adds the pending value, if any. Returns false if there is none, so that the key is idle. */
        private boolean tryEmit(List<V> due, long now) {
            boolean emits = isPending;
            if (emits) {
                due.add(newest);
                isPending = false;
                emittedAt = now;
            }
            return emits;
        }
    }

    @GuardedBy("this")
    private final Map<K, Entry<V>> entries = new HashMap<>();

    private final BinaryOperator<V> newer;
    private final Consumer<V> sink;
    private final ConversationLanes lanes;
    private final SafeScheduler scheduler;

    /** The ticks between two values of a key: longer than the pause, wherever in a tick the first one was emitted. */
    private final long pauseTicks;

    /** The number of ticks so far. */
    @GuardedBy("this")
    private long now;

    @Nullable
    @GuardedBy("this")
    private Future<?> timer;

    @GuardedBy("this")
    private boolean closed;

    /**
     * Creates a throttle without keys.
     *
     * @param newer returns the newer one of two values
     * @param sink receives delayed values, on a worker
     */
    public ConflatingThrottle(
            BinaryOperator<V> newer, Consumer<V> sink, ConversationLanes lanes, SafeScheduler scheduler) {
        this(PAUSE, newer, sink, lanes, scheduler);
    }

    /**
     * Creates a throttle without keys.
     *
     * @param pause the time between two values of a key
     * @param newer returns the newer one of two values
     * @param sink receives delayed values, on a worker
     */
    public ConflatingThrottle(
            Duration pause,
            BinaryOperator<V> newer,
            Consumer<V> sink,
            ConversationLanes lanes,
            SafeScheduler scheduler) {
        this.pauseTicks = pause.dividedBy(TICK) + 1;
        this.newer = newer;
        this.sink = sink;
        this.lanes = lanes;
        this.scheduler = scheduler;
    }

    /**
     * Returns true if the caller must emit the value now. Otherwise the sink receives the value, or a newer one, when
     * the key's pause ends.
     */
    public synchronized boolean tryEmit(K key, V value) {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            begin(key, value);
            return true;
        }
        V newest = newer.apply(entry.newest, value);
        entry.isPending |= !newest.equals(entry.newest);
        entry.newest = newest;
        return false;
    }

    @GuardedBy("this")
    private void begin(K key, V value) {
        if (!closed && entries.size() < MAX_KEYS) {
            entries.put(key, new Entry<>(value, now));
            scheduleTick();
        }
    }

    @GuardedBy("this")
    private void scheduleTick() {
        if (timer == null && !closed && !entries.isEmpty()) {
            timer = scheduler.schedule(TICK, this::tick);
        }
    }

    private void tick() {
        count();
        try {
            lanes.execute(() -> takeDue().forEach(sink));
        } catch (Throwable busy) {
            // The values stay pending until the next tick.
        } finally {
            scheduleNextTick();
        }
    }

    private synchronized void count() {
        now++;
    }

    private synchronized void scheduleNextTick() {
        timer = null;
        scheduleTick();
    }

    /** Takes the values whose pause has ended, and removes idle keys. */
    private synchronized List<V> takeDue() {
        List<V> due = new ArrayList<>();
        long tick = now;
        entries.values().removeIf(entry -> tick - entry.emittedAt >= pauseTicks && !entry.tryEmit(due, tick));
        return due;
    }

    /** Drops the pending value of a key. */
    public synchronized void forget(K key) {
        entries.remove(key);
    }

    /** Drops the pending values of all matching keys. */
    public synchronized void forgetAll(Predicate<K> keys) {
        entries.keySet().removeIf(keys);
    }

    /** Returns the number of keys that are not idle. */
    public synchronized int size() {
        return entries.size();
    }

    /** Drops all pending values, and stops throttling. */
    @Override
    public synchronized void close() {
        closed = true;
        entries.clear();
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
