package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.Session;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom an event is for. */
public sealed interface Audience {
    /**
     * All sessions in a room.
     *
     * @param except a session to exclude together with all other sessions of its user, or null
     */
    record Room(String conversationId, @Nullable Session except) implements Audience {}

    /** All sessions of some users. */
    record Users(Collection<String> userIds) implements Audience {}

    /** Some sessions. */
    record Sessions(List<Session> sessions) implements Audience {}
}
