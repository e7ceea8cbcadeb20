package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a client for signs of life, where the protocol has the server ask, and gives up one that shows none; used on the
 * session's event loop.
 */
final class Heartbeat {
    /** A timer that is this late was held up with everything else, and signs of life may still wait to be read. */
    private static final long LATE_NANOS = 1_000_000_000L;

    private final EventLoop loop;
    private final long interval;
    private final long timeout;
    private final Runnable ping;
    private final Runnable giveUp;
    private final boolean asks;

    @Nullable
    private ScheduledFuture<?> next;

    Heartbeat(EventLoop loop, EngineSettings settings, EngineVersion version, Runnable ping, Runnable giveUp) {
        this.loop = loop;
        this.interval = settings.pingInterval().toNanos();
        this.timeout = settings.pingTimeout().toNanos();
        this.ping = ping;
        this.giveUp = giveUp;
        this.asks = version == EngineVersion.V4;
    }

    /** The client showed a sign of life, or has just come. */
    void alive() {
        if (asks) {
            long due = System.nanoTime() + interval;
            schedule(() -> ask(due), interval);
        } else {
            await(interval + timeout);
        }
    }

    /** Restarts the wait for the heartbeat message that is due. */
    void awaitAgain() {
        await(timeout);
    }

    /** Counts the timeout from when the ping was due, as long as that leaves the client most of the timeout. */
    private void ask(long due) {
        ping.run();
        if (next != null) {
            long late = Math.max(0, System.nanoTime() - due);
            await(timeout - Math.min(late, timeout / 10));
        }
    }

    private void await(long nanos) {
        long due = System.nanoTime() + nanos;
        schedule(() -> expire(due), nanos);
    }

    private void expire(long due) {
        if (System.nanoTime() - due > LATE_NANOS) {
            schedule(giveUp, Math.min(timeout, LATE_NANOS));
        } else {
            giveUp.run();
        }
    }

    private void schedule(Runnable task, long nanos) {
        stop();
        next = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    void stop() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }
}
