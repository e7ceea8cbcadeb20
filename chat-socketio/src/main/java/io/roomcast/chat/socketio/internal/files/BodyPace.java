package io.roomcast.chat.socketio.internal.files;

import io.netty.channel.EventLoop;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends requests whose bodies arrive too slowly: no byte for {@value #IDLE_SECONDS} seconds, or fewer than {@value
 * #MIN_BYTES} bytes within {@value #WINDOW_SECONDS} seconds. A time in which the server did not read does not count.
 */
@EventLoopConfined
final class BodyPace {
    static final int IDLE_SECONDS = 30;
    static final int WINDOW_SECONDS = 60;
    static final int MIN_BYTES = 4_096 * WINDOW_SECONDS;
    private static final int TICK_SECONDS = 10;

    private final EventLoop loop;
    private final Runnable end;

    @Nullable
    private Future<?> timer;

    private boolean waiting = true;
    private boolean readInTick;
    private int idleSeconds;
    private int windowSeconds;
    private long windowBytes;

    /**
     * Creates an idle timer.
     *
     * @param end ends the request
     */
    BodyPace(EventLoop loop, Runnable end) {
        this.loop = loop;
        this.end = end;
    }

    void start() {
        timer = loop.schedule(this::tick, TICK_SECONDS, TimeUnit.SECONDS);
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Counts bytes that arrived. The server does not read until {@link #resumed}. */
    void received(int bytes) {
        windowBytes += bytes;
        idleSeconds = 0;
        readInTick = true;
        waiting = false;
    }

    /** Records that the server reads again. */
    void resumed() {
        waiting = true;
    }

    private void tick() {
        if (waiting) {
            idleSeconds += readInTick ? 0 : TICK_SECONDS;
            windowSeconds += TICK_SECONDS;
        }
        readInTick = false;
        boolean isTooSlow = windowSeconds >= WINDOW_SECONDS && windowBytes < MIN_BYTES;
        if (idleSeconds >= IDLE_SECONDS || isTooSlow) {
            stop();
            end.run();
            return;
        }
        if (windowSeconds >= WINDOW_SECONDS) {
            windowSeconds = 0;
            windowBytes = 0;
        }
        start();
    }
}
