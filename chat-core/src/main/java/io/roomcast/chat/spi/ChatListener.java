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
     * A message was stored; called once for each, on the server that stored it, whether or not anybody is in the room.
     *
     * <p>Where the store's answer was lost, and the sender was told of a failure, the call comes when the sender repeats
     * the message or the server finds it in the store, usually within seconds. A server that crashes between storing a
     * message and this call does not make up for it.
     */
    default void onMessageSent(Message message) {}

    /** Listens to nothing; always the same listener. */
    static ChatListener none() {
        return SilentListener.INSTANCE;
    }
}
