package io.roomcast.chat.socketio.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection some time after the last start, unless it is stopped before.
 *
 * <p>A stop leaves the timer in its queue, because each request stops and starts a timeout. The timer fires early instead,
 * and is then scheduled for the rest of the time.
 */
@EventLoopConfined
final class ConnectionTimeout {
    private static final long STOPPED = -1;

    private final long nanos;

    /** The time between the end of the timer and the end of the timeout. */
    private long rest = STOPPED;

    @Nullable
    private ScheduledFuture<?> timer;

    /** Creates a timeout that is not running. */
    ConnectionTimeout(int seconds) {
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Starts the timeout. */
    void start(ChannelHandlerContext context) {
        if (timer == null) {
            schedule(context, nanos);
        } else {
            rest = nanos - timer.getDelay(TimeUnit.NANOSECONDS);
        }
    }

    private void schedule(ChannelHandlerContext context, long delay) {
        rest = 0;
        timer = context.executor().schedule(() -> expire(context), delay, TimeUnit.NANOSECONDS);
    }

    private void expire(ChannelHandlerContext context) {
        timer = null;
        if (rest > 0) {
            schedule(context, rest);
        } else if (rest == 0) {
            context.close();
        }
    }

    boolean isRunning() {
        return rest != STOPPED;
    }

    void stop() {
        rest = STOPPED;
    }

    /** Stops the timeout and removes its timer. */
    void cancel() {
        stop();
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
