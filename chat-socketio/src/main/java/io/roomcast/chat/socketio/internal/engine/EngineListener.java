package io.roomcast.chat.socketio.internal.engine;

/** Hears of one session; always called on the session's event loop, and must not block. */
public interface EngineListener {
    /** The client sent a message. */
    void message(String text);

    /** The client sent bytes; false if it may not, which ends the session. Nobody may, unless a listener says so. */
    default boolean bytes(byte[] content) {
        return false;
    }

    /**
     * The client sent a message that is larger than a packet may be; false if that ends the session, as it does unless
     * a listener says otherwise.
     *
     * @param head the beginning of the message, long enough for all that precedes its JSON; empty if it is unknown
     */
    default boolean tooLarge(String head) {
        return false;
    }

    /** Packets were left out that the client must fetch, and it takes packets again. */
    void missed();

    /** The session is over; nothing is heard after this. */
    void closed();

    /** Makes the listener of a new session. */
    @FunctionalInterface
    interface Factory {
        /** Called once for each session, on its event loop. */
        EngineListener opened(EngineSession session);
    }
}
