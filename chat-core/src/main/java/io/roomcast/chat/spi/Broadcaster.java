package io.roomcast.chat.spi;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Session;
import java.util.List;

/**
 * Sends an event to sessions.
 *
 * <p>Messages of one conversation arrive one at a time, in the conversation's order, and each session must receive them
 * in that order. Other events may arrive at the same time on other threads. Called by any thread; it must not block. An
 * exception is logged, and the event is lost for its recipients.
 */
@FunctionalInterface
public interface Broadcaster {
    /** Starts to deliver the event; sessions that ended meanwhile are passed over. */
    void broadcast(ChatEvent event, List<Session> recipients);

    /** Delivers to nobody, for a chat without clients. */
    static Broadcaster none() {
        return (event, recipients) -> {};
    }
}
