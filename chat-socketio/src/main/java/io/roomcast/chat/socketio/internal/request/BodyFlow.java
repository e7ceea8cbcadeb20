package io.roomcast.chat.socketio.internal.request;

/** Controls how fast a body is read from its connection. */
@FunctionalInterface
public interface BodyFlow {
    /**
     * Continues after {@link BodySink#write} has returned false. Does nothing if the body is not paused or has ended.
     * Safe for use by any thread.
     */
    void resume();

    /**
     * Requests the body from a client that waits for permission to send it (RFC 9110, section 10.1.1). Call it before
     * {@link #resume} when the request is accepted; has no effect otherwise. Safe for use by any thread.
     */
    default void permit() {}
}
