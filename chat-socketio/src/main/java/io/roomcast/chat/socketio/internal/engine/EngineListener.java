package io.roomcast.chat.socketio.internal.engine;

import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;

/** Receives the events of one session. Called on the event loop of the session; must not block. */
@EventLoopConfined
public interface EngineListener {
    /** Called when the client has sent a text message. */
    void message(String text);

    /**
     * Called when the client has sent a binary message.
     *
     * @return false to close the session, which is the default
     */
    default boolean binary(byte[] content) {
        return false;
    }

    /**
     * Called when the client has sent a message that exceeds the packet limit.
     *
     * @param head the beginning of the message, which includes everything before its JSON; empty if unknown
     * @return false to close the session, which is the default
     */
    default boolean tooLarge(String head) {
        return false;
    }

    /** Called when the client has caught up after {@link EncodedPacket.DropPolicy#RECOVERABLE} packets were dropped. */
    void packetsDropped();

    /** Called when the session is closed. No other method is called afterwards. */
    void closed();

    /** Creates the listener of each session. */
    @FunctionalInterface
    interface Factory {
        /** Called when a session opens, on its event loop. */
        EngineListener opened(EngineSession session);
    }
}
