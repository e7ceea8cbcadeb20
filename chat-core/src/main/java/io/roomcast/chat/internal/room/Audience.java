package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.Session;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recipients of an event. */
public sealed interface Audience {
    /**
     * All sessions in a room.
     *
     * @param except a session to exclude together with all other sessions of its user, or null to exclude none
     */
    record Room(String conversationId, @Nullable Session except) implements Audience {}

    /** All sessions of the given users. */
    record Users(Collection<String> userIds) implements Audience {}

    /** The given sessions. */
    record Sessions(List<Session> sessions) implements Audience {}
}
