package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.EventLoop;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a client is alive. In version 4 of the protocol, the server sends pings and expects pongs. In version 3,
 * it expects pings of the client.
 */
@EventLoopConfined
final class Heartbeat {
    /** A timer this late was delayed together with all reads, so a heartbeat may be waiting unread. */
    private static final long LATE_NANOS = 1_000_000_000L;

    /** The part of the timeout that a delay of the ping may consume. */
    private static final int MAX_DELAY_DIVISOR = 10;

    private final EventLoop loop;
    private final long interval;
    private final long timeout;
    private final Runnable ping;
    private final Runnable onTimeout;
    private final boolean sendsPings;

    @Nullable
    private ScheduledFuture<?> timer;

    /** Whether the timer is a timeout. Otherwise it sends the next ping. */
    private boolean isAwaiting;

    private long deadline;

    /**
     * Creates a heartbeat that is not running.
     *
     * @param ping sends a ping
     * @param onTimeout called if the client sends no heartbeat in time
     */
    Heartbeat(EventLoop loop, EngineSettings settings, EngineVersion version, Runnable ping, Runnable onTimeout) {
        this.loop = loop;
        this.interval = settings.pingInterval().toNanos();
        this.timeout = settings.pingTimeout().toNanos();
        this.ping = ping;
        this.onTimeout = onTimeout;
        this.sendsPings = version == EngineVersion.V4;
    }

    /** Restarts the interval. Called when the session opens and for each heartbeat of the client. */
    void restart() {
        if (sendsPings) {
            isAwaiting = false;
            long due = System.nanoTime() + interval;
            schedule(() -> sendPing(due), interval);
        } else {
            startTimeout(interval + timeout);
        }
    }

    /** Extends the timeout of the heartbeat that is due. */
    void extend() {
        startTimeout(timeout);
    }

    /** Starts the timeout when the ping was due, but leaves the client most of the timeout after a late ping. */
    private void sendPing(long due) {
        ping.run();
        if (timer != null) {
            long late = Math.max(0, System.nanoTime() - due);
            startTimeout(timeout - Math.min(late, timeout / MAX_DELAY_DIVISOR));
        }
    }

    private void startTimeout(long nanos) {
        isAwaiting = true;
        deadline = System.nanoTime() + nanos;
        schedule(this::expire, nanos);
    }

    /**
     * Returns whether the timeout has passed and its timer has not run yet, because event loops read from connections
     * before they run timers.
     */
    boolean isOverdue() {
        long late = System.nanoTime() - deadline;
        return isAwaiting && late >= 0 && late <= LATE_NANOS;
    }

    private void expire() {
        if (System.nanoTime() - deadline > LATE_NANOS) {
            schedule(onTimeout, Math.min(timeout, LATE_NANOS));
        } else {
            onTimeout.run();
        }
    }

    private void schedule(Runnable task, long nanos) {
        stop();
        timer = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
