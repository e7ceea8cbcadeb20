package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * Notifies a {@linkplain io.roomcast.chat.model.Limits#largeRoom large} room of how many users are there, in place of
 * events about each of them. Sent at most every two seconds: when a number has changed, and every few seconds while users
 * type. The last one of a room that is no longer large says so.
 *
 * @param conversationId the room
 * @param online the number of users in the room; each session without a user counts as one
 * @param typing the number of users who are typing; 0 if the room is no longer large
 * @param large whether the room is large
 */
public record RoomStats(String conversationId, int online, int typing, boolean large) implements ChatEvent {
    /** Rejects a missing room. */
    public RoomStats {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Delivery delivery() {
        return Delivery.VOLATILE;
    }
}
