package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Commands of one client on their way: answers go out over its event loop, and a client that asks faster than it is
 * answered is not read from for a while.
 */
final class ReadBackpressure {
    private static final int PAUSE_AT = 64;
    private static final int RESUME_AT = 32;

    private final AtomicInteger running = new AtomicInteger();
    private final EngineSession engine;
    private final OutboundQueue outbox;
    private final RequestCounters traffic;

    ReadBackpressure(EngineSession engine, OutboundQueue outbox, RequestCounters traffic) {
        this.engine = engine;
        this.outbox = outbox;
        this.traffic = traffic;
    }

    /** Called on the event loop. */
    void begin() {
        if (running.incrementAndGet() == PAUSE_AT) {
            engine.reading(false);
        }
    }

    /** An event was answered, by a success where there is no refusal; called by any thread. */
    void end(String event, @Nullable ErrorCode refusal) {
        try {
            traffic.answered(event, refusal);
        } finally {
            if (running.decrementAndGet() == RESUME_AT) {
                onLoop(() -> engine.reading(running.get() < PAUSE_AT));
            }
        }
    }

    /** Sends the packet and releases it; called by any thread. */
    void send(EncodedPacket packet) {
        boolean accepted = onLoop(() -> {
            outbox.send(packet);
            packet.release();
        });
        if (!accepted) {
            packet.release();
        }
    }

    /** False once the server has stopped, when nobody is left to be told. */
    private boolean onLoop(Runnable task) {
        try {
            engine.loop().execute(task);
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }
}
