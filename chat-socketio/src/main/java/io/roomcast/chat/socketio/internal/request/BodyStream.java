package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Connects the decoder of a request with the sink of a route, and pauses the decoder when the sink is full.
 *
 * <p>Drops the body until there is a sink, because the request may be rejected before it reaches its route.
 */
@EventLoopConfined
final class BodyStream implements BodySink, BodyFlow {
    private final Executor loop;
    private final Runnable continueReading;
    private final Runnable permission;

    @Nullable
    private BodySink sink;

    private boolean paused;

    /**
     * Creates a stream without a sink.
     *
     * @param loop the event loop of the connection
     * @param continueReading makes the decoder continue after a pause
     * @param permission permits the client to send the body; runs on the event loop
     */
    BodyStream(Executor loop, Runnable continueReading, Runnable permission) {
        this.loop = loop;
        this.continueReading = continueReading;
        this.permission = permission;
    }

    void to(BodySink sink) {
        this.sink = sink;
    }

    boolean isPaused() {
        return paused;
    }

    @Override
    public boolean write(ByteBuf bytes) {
        paused = sink != null && !sink.write(bytes);
        return !paused;
    }

    @Override
    public boolean flush() {
        paused |= sink != null && !sink.flush();
        return !paused;
    }

    @Override
    public void end() {
        paused = false;
        if (sink != null) {
            sink.end();
        }
    }

    @Override
    public void abort() {
        paused = false;
        if (sink != null) {
            sink.abort();
        }
    }

    @Override
    public void resume() {
        // If the event loop has shut down, the connection is closed already.
        EventLoops.tryExecute(loop, this::unpause);
    }

    @Override
    public void permit() {
        EventLoops.tryExecute(loop, permission);
    }

    private void unpause() {
        if (paused) {
            paused = false;
            continueReading.run();
        }
    }
}
