package io.roomcast.chat.spi;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Session;
import java.util.List;

/**
 * Carries an event to sessions.
 *
 * <p>Messages of one conversation come one at a time, in the conversation's order, and each session must get them in that
 * order. Other events may come beside them from other threads. Called by any thread; it must not block. What
 * it throws is logged, and the event is lost for those it was for.
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
