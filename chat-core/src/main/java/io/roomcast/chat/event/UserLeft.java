package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * Notifies a room that a user left it, with the last of the user's sessions. A user who is removed from the room
 * receives it too.
 *
 * <p>A {@linkplain io.roomcast.chat.model.Limits#largeRoom large} room receives at most one of this and
 * {@link UserJoined} a second. There, only {@code online} is meaningful.
 *
 * @param conversationId the room
 * @param userId the user's id, or the session's id if it has no user
 * @param online the number of users in the room on this server now; each session without a user counts as one
 */
public record UserLeft(String conversationId, String userId, int online) implements ChatEvent {
    /** Rejects null for required components. */
    public UserLeft {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }

    @Override
    public Delivery delivery() {
        return Delivery.VOLATILE;
    }
}
