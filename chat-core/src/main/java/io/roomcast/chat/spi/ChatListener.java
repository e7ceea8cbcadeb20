package io.roomcast.chat.spi;

import io.roomcast.chat.model.Message;

/**
 * Hears of what has happened, after it was stored and told.
 *
 * <p>Called by one thread of its own, one call at a time, so it may block without holding up the chat; a listener that
 * falls too far behind misses events, and the log says how many. An exception is logged and harms nothing.
 */
public interface ChatListener {
    /**
     * Called once for each stored message, on the server that stored it, whether or not any session is in the room.
     *
     * <p>If the store's answer was lost and the sender received a failure, the call is late. It then follows when the
     * sender repeats the message or the server finds it in the store, usually within seconds. If a server crashes
     * between storing a message and this call, the call is not made.
     */
    default void onMessageSent(Message message) {}

    /** Listens to nothing; always the same listener. */
    static ChatListener none() {
        return SilentListener.INSTANCE;
    }
}
