package io.roomcast.chat.socketio.internal.transport;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes the sessions of one event loop once a turn, however much was written to them; used on that loop alone.
 *
 * <p>The flush is a task behind those that wait already, so what they write goes out with it, and a lone packet waits for
 * nothing.
 */
final class LoopFlush implements Runnable {
    private final EventLoop loop;
    private List<EngineSession> written = new ArrayList<>();
    private List<EngineSession> spare = new ArrayList<>();

    LoopFlush(EventLoop loop) {
        this.loop = loop;
    }

    void add(EngineSession session) {
        if (written.isEmpty()) {
            loop.execute(this);
        }
        written.add(session);
    }

    @Override
    public void run() {
        List<EngineSession> flushing = written;
        written = spare;
        for (EngineSession session : flushing) {
            session.flush();
        }
        flushing.clear();
        spare = flushing;
    }
}
