package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stops reading from a client that has {@value #PAUSE_AT} running commands, and continues when {@value #RESUME_AT} are
 * left.
 */
final class ReadBackpressure {
    private static final int PAUSE_AT = 64;
    private static final int RESUME_AT = 32;

    private final AtomicInteger running = new AtomicInteger();
    private final EngineSession engine;
    private final OutboundQueue outbound;
    private final RequestCounters counters;

    /** What to do when no command is running. */
    @Nullable
    private volatile Runnable whenIdle;

    ReadBackpressure(EngineSession engine, OutboundQueue outbound, RequestCounters counters) {
        this.engine = engine;
        this.outbound = outbound;
        this.counters = counters;
    }

    /** Counts a command that starts. Called on the event loop. */
    void commandStarted() {
        if (running.incrementAndGet() == PAUSE_AT) {
            engine.setAutoRead(false);
        }
    }

    /**
     * Counts a command that has ended. Called by any thread.
     *
     * @param refusal the code of the refusal, or null for a success
     */
    void commandEnded(String event, @Nullable ErrorCode refusal) {
        try {
            counters.answered(event, refusal);
        } finally {
            int left = running.decrementAndGet();
            if (left == RESUME_AT) {
                EventLoops.tryExecute(engine.loop(), () -> engine.setAutoRead(running.get() < PAUSE_AT));
            }
            if (left == 0 && whenIdle != null) {
                EventLoops.tryExecute(engine.loop(), this::runIfIdle);
            }
        }
    }

    /** Runs a task on the event loop when no command is running. Only for the last task. Called by any thread. */
    void whenIdle(Runnable task) {
        whenIdle = task;
        EventLoops.tryExecute(engine.loop(), this::runIfIdle);
    }

    private void runIfIdle() {
        Runnable task = whenIdle;
        if (task != null && running.get() == 0) {
            whenIdle = null;
            task.run();
        }
    }

    /** Sends the packet on the event loop and releases it. Called by any thread. */
    void send(EncodedPacket packet) {
        boolean accepted = EventLoops.tryExecute(engine.loop(), () -> {
            outbound.send(packet);
            packet.release();
        });
        if (!accepted) {
            packet.release();
        }
    }
}
