package io.roomcast.chat.socketio.internal.request;

/** Controls how fast a body is read from its connection. */
@FunctionalInterface
public interface BodyFlow {
    /**
     * Continues after {@link BodySink#write} has returned false. Does nothing if the body is not paused or has ended.
     * Safe for use by any thread.
     */
    void resume();
}
