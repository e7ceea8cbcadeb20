package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.EventLoop;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Flushes the sessions of one event loop once per iteration of the loop, however many packets were written.
 *
 * <p>A flush is a system call, which dominates the cost of a delivery. A busy loop therefore batches: after {@value
 * #MAX_PER_WINDOW} flushed sessions within a millisecond, the next flush waits for the next millisecond. On an idle loop
 * no packet waits.
 */
@EventLoopConfined
final class FlushConsolidator implements Runnable {
    private static final int MAX_PER_WINDOW = 32;
    private static final long WINDOW_NANOS = 1_000_000;

    private final EventLoop loop;
    private List<EngineSession> written = new ArrayList<>();
    private List<EngineSession> spare = new ArrayList<>();
    private long windowStart = System.nanoTime();
    private int flushedInWindow;

    FlushConsolidator(EventLoop loop) {
        this.loop = loop;
    }

    /** Schedules a flush of the session. */
    void add(EngineSession session) {
        if (written.isEmpty()) {
            scheduleFlush();
        }
        written.add(session);
    }

    /** Queues the flush behind the waiting tasks, so that it includes the packets that they write. */
    private void scheduleFlush() {
        long age = System.nanoTime() - windowStart;
        if (age >= WINDOW_NANOS) {
            windowStart += age;
            flushedInWindow = 0;
        }
        if (flushedInWindow < MAX_PER_WINDOW) {
            loop.execute(this);
        } else {
            loop.schedule(this, WINDOW_NANOS - age, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void run() {
        List<EngineSession> flushing = written;
        written = spare;
        for (EngineSession session : flushing) {
            session.flush();
        }
        flushedInWindow += flushing.size();
        flushing.clear();
        spare = flushing;
    }
}
