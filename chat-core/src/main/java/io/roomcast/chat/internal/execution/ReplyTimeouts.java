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
 * Sees to it that every command is answered in time: a ring of buckets, one of which expires at each tick.
 *
 * <p>An answer fails after the timeout and before eleven tenths of it. Safe for use by any thread.
 */
public final class ReplyTimeouts implements AutoCloseable {
    private static final int TICKS = 10;

    private final List<Set<PendingReply<?>>> ring = Stream.generate(ConcurrentHashMap::<PendingReply<?>>newKeySet)
            .limit(TICKS + 1L)
            .map(bucket -> (Set<PendingReply<?>>) bucket)
            .toList();
    private final ScheduledFuture<?> ticking;
    private volatile int now;

    public ReplyTimeouts(Duration timeout, ScheduledExecutorService scheduler) {
        long tick = Math.max(1, timeout.toNanos() / TICKS);
        ticking = scheduler.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.NANOSECONDS);
    }

    /** A reply that fails by itself if nobody answers it. */
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

    /** How many replies are owed. */
    int owed() {
        return ring.stream().mapToInt(Set::size).sum();
    }

    /** Fails every reply that is still owed, and ends. */
    @Override
    public void close() {
        ticking.cancel(false);
        ring.forEach(bucket -> bucket.forEach(PendingReply::expire));
    }
}
