package io.roomcast.chat.socketio.internal.engine;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Flushes the sessions of one event loop once a turn, however much was written to them; used on that loop alone.
 *
 * <p>Nearly all that a delivery costs is its system call, so a busy loop gathers for a moment: once it has flushed
 * {@value #AT_ONCE} sessions within a millisecond, the next ones wait for the next millisecond. A lone packet waits for
 * nothing.
 */
final class FlushConsolidator implements Runnable {
    private static final int AT_ONCE = 32;
    private static final long WINDOW_NANOS = 1_000_000;

    private final EventLoop loop;
    private List<EngineSession> written = new ArrayList<>();
    private List<EngineSession> spare = new ArrayList<>();
    private long windowBegan = System.nanoTime();
    private int flushedInWindow;

    FlushConsolidator(EventLoop loop) {
        this.loop = loop;
    }

    void add(EngineSession session) {
        if (written.isEmpty()) {
            request();
        }
        written.add(session);
    }

    /** The flush is a task behind those that wait already, so what they write goes out with it. */
    private void request() {
        long age = System.nanoTime() - windowBegan;
        if (age >= WINDOW_NANOS) {
            windowBegan += age;
            flushedInWindow = 0;
        }
        if (flushedInWindow < AT_ONCE) {
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
