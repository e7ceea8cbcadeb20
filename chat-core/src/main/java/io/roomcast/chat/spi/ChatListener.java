package io.roomcast.chat.spi;

import io.roomcast.chat.model.Message;

/**
 * Observes the chat after events were stored and sent.
 *
 * <p>Called on a thread of its own, one call at a time, so it may block without delaying the chat. A listener that
 * falls too far behind misses events, and the log states how many. Exceptions are logged and have no other effect.
 */
public interface ChatListener {
    /**
     * Called once for each stored message, on the server that stored it, whether or not any session is in the room.
     *
     * <p>The call is late if the store's answer was lost and the sender received a failure. It then follows when the
     * sender retries or the server finds the message in the store, usually within seconds. If a server crashes between
     * storing a message and this call, the call is not made.
     */
    default void onMessageSent(Message message) {}

    /** Returns a listener without effect. Always returns the same listener. */
    static ChatListener none() {
        return SilentListener.INSTANCE;
    }
}
