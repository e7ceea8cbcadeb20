package io.roomcast.chat.internal.execution;

import io.roomcast.chat.command.Command.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fails replies that take too long, by a ring of buckets, one of which expires at each tick.
 *
 * <p>A reply fails after the timeout, at most a tenth of it later. Safe for use by any thread.
 */
public final class ReplyTimeouts implements AutoCloseable {
    private static final int TICKS = 10;

    private final List<Set<PendingReply<?>>> ring = Stream.generate(ConcurrentHashMap::<PendingReply<?>>newKeySet)
            .limit(TICKS + 1L)
            .map(bucket -> (Set<PendingReply<?>>) bucket)
            .toList();
    private final ScheduledFuture<?> ticking;
    private volatile int now;

    /** Starts the timer. */
    ReplyTimeouts(Duration timeout, ScheduledExecutorService scheduler) {
        long tick = Math.max(1, timeout.toNanos() / TICKS);
        ticking = scheduler.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.NANOSECONDS);
    }

    /** Returns a reply that fails with {@code timeout} unless it receives a result in time. */
    public <R> PendingReply<R> track(Reply<R> reply) {
        Set<PendingReply<?>> bucket = ring.get(now);
        PendingReply<R> pending = new PendingReply<>(reply, bucket);
        bucket.add(pending);
        return pending;
    }

    private void tick() {
        int next = (now + 1) % ring.size();
        ring.get(next).forEach(PendingReply::expire);
        now = next;
    }

    /** Returns how many replies have no result yet. */
    int pending() {
        return ring.stream().mapToInt(Set::size).sum();
    }

    /** Stops the timer, and fails all pending replies with {@code timeout}. */
    @Override
    public void close() {
        ticking.cancel(false);
        ring.forEach(bucket -> bucket.forEach(PendingReply::expire));
    }
}
