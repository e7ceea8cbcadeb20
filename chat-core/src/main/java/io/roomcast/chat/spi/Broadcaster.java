package io.roomcast.chat.spi;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Session;
import java.util.List;

/**
 * Sends an event to sessions.
 *
 * <p>Messages of one conversation arrive one at a time, in the conversation's order, and each session must receive them
 * in that order. Other events may arrive at the same time on other threads. Called on any thread; it must not block. An
 * exception is logged, and the event is lost for its recipients.
 */
@FunctionalInterface
public interface Broadcaster {
    /**
     * Starts to send the event. Skips sessions that have ended.
     *
     * @param event the event, whose {@link ChatEvent#delivery()} says whether it may be dropped for a slow client
     * @param recipients the sessions, at least one
     */
    void broadcast(ChatEvent event, List<Session> recipients);

    /** Returns a broadcaster that drops all events, for a chat without clients. */
    static Broadcaster none() {
        return (event, recipients) -> {};
    }
}
