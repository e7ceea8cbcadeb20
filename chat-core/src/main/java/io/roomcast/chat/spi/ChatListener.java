package io.roomcast.chat.spi;

import io.roomcast.chat.model.Message;

/**
 * Hears of what has happened, after it was stored and told.
 *
 * <p>Called by one thread of its own, one call at a time, so it may block without holding up the chat; a listener that
 * falls too far behind misses events, and the log says how many. An exception is logged and harms nothing.
 */
public interface ChatListener {
    /** A message was stored. */
    default void onMessageSent(Message message) {}

    /** Listens to nothing; always the same listener. */
    static ChatListener none() {
        return SilentListener.INSTANCE;
    }
}
