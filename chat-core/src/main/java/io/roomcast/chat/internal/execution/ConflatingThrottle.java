package io.roomcast.chat.internal.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets news of each thing out at most once a second: at once after a silence, else later, and then only the newest.
 *
 * <p>One timer serves all things and runs only while there is something to wait for. Safe for use by any thread; never
 * blocks.
 */
public final class ConflatingThrottle<K, V> implements AutoCloseable {
    private static final long TICK_MILLIS = 250;

    /** More than a second for whatever came within a tick. */
    private static final long TICKS = 5;

    static final int MOST = 50_000;

    private final class Pace {
        private V newest;
        private long saidAt = now;
        private boolean waits;

        private Pace(V said) {
            newest = said;
        }

        private boolean say(List<V> due) {
            boolean says = waits;
            if (says) {
                due.add(newest);
                waits = false;
                saidAt = now;
            }
            return says;
        }
    }

    private final Map<K, Pace> paces = new HashMap<>();
    private final BinaryOperator<V> newer;
    private final Consumer<V> speaker;
    private final ConversationLanes lanes;
    private final ScheduledExecutorService scheduler;
    private long now;

    @Nullable
    private ScheduledFuture<?> timer;

    private boolean closed;

    /**
     * Waits for nothing yet.
     *
     * @param newer the newer one of two pieces of news
     * @param speaker takes news that had to wait, on a worker thread
     */
    public ConflatingThrottle(
            BinaryOperator<V> newer, Consumer<V> speaker, ConversationLanes lanes, ScheduledExecutorService scheduler) {
        this.newer = newer;
        this.speaker = speaker;
        this.lanes = lanes;
        this.scheduler = scheduler;
    }

    /** Whether the caller is to let the news out now; else the speaker gets it, or newer one, in its time. */
    public synchronized boolean passes(K key, V news) {
        Pace pace = paces.get(key);
        if (pace == null) {
            begin(key, news);
            return true;
        }
        V newest = newer.apply(pace.newest, news);
        pace.waits |= !newest.equals(pace.newest);
        pace.newest = newest;
        return false;
    }

    /** Where too many things are told of already, this one is not held back. */
    private void begin(K key, V news) {
        if (!closed && paces.size() < MOST) {
            paces.put(key, new Pace(news));
            wake();
        }
    }

    private void wake() {
        if (timer == null && !closed && !paces.isEmpty()) {
            timer = scheduler.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** A server that is too busy says it at another tick. */
    private void tick() {
        count();
        try {
            lanes.anyTime(() -> due().forEach(speaker));
        } catch (Throwable busy) {
            // the news stays where it is
        } finally {
            rearm();
        }
    }

    private synchronized void count() {
        now++;
    }

    private synchronized void rearm() {
        timer = null;
        wake();
    }

    /** What may be said now; a thing of which nothing is to be said is forgotten. */
    private synchronized List<V> due() {
        List<V> due = new ArrayList<>();
        paces.values().removeIf(pace -> now - pace.saidAt >= TICKS && !pace.say(due));
        return due;
    }

    /** Says nothing more of a thing that waits. */
    public synchronized void forget(K key) {
        paces.remove(key);
    }

    /** Drops the waiting updates of all matching keys. */
    public synchronized void forgetAll(Predicate<K> keys) {
        paces.keySet().removeIf(keys);
    }

    public synchronized int size() {
        return paces.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        paces.clear();
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
