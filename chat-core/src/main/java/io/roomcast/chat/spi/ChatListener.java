package io.roomcast.chat.spi;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Message;

/**
 * Observes the chat after events were stored.
 *
 * <p>Called on a thread of its own, one call at a time, so it may block without delaying the chat. A listener that
 * falls too far behind misses events, and the log states how many. Exceptions are logged and have no other effect.
 *
 * <p>Use a {@link ChatFollower} instead if no message may be missed, even after a crash.
 */
public interface ChatListener {
    /**
     * Called once for each stored message, after it was sent, on the server that stored it, whether or not any session is in the room.
     *
     * <p>The call is late if the store's answer was lost and the sender received a failure. It then follows when the
     * sender retries or the server finds the message in the store, usually within seconds. If a server crashes between
     * storing a message and this call, the call is not made.
     */
    default void onMessageSent(Message message) {}

    /**
     * Called once for each event about something that is {@linkplain ChatEvent#isStored stored}: messages and their
     * changes, receipts, conversations and their members. Called on the server where it happened, whether or not any
     * session is in the room, and in the order of each conversation. A receipt may be stored a moment later, and several
     * of one user within a second are one event.
     *
     * <p>An event about a large group does not list its members, as it does not for clients. If many users are added in one
     * call, the call is made for each of them, and once with a {@link
     * io.roomcast.chat.event.ConversationUpdated}. After a crash the call may not have been made.
     */
    default void onEvent(ChatEvent event) {}

    /** Returns a listener without effect. Always returns the same listener. */
    static ChatListener none() {
        return SilentListener.INSTANCE;
    }
}
