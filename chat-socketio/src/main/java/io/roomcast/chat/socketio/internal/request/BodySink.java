package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;

/**
 * Receives the body of one request as it arrives. Called on the event loop of the connection, and must not block.
 *
 * <p>The server calls {@link #write} for each part of the body, in order, {@link #flush} after the parts that have arrived
 * together, and then either {@link #end} or {@link #abort} once.
 */
@EventLoopConfined
public interface BodySink {
    /**
     * Receives the next bytes.
     *
     * @param bytes readable during the call only; to keep them, retain or copy them
     * @return false to stop reading from the connection until {@link BodyFlow#resume} is called
     */
    boolean write(ByteBuf bytes);

    /**
     * Called when all that has arrived is passed on, and more is missing. May follow a call that has returned false.
     *
     * @return false to stop reading, as {@link #write}
     */
    default boolean flush() {
        return true;
    }

    /** Called after the last byte of the body. */
    void end();

    /** Called if the body ends early, because it is malformed or too large or the connection is closed. */
    void abort();
}
