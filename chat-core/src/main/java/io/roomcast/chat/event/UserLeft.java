package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * A user left a room, with the last of their sessions, or was put out of it and is then told so too.
 *
 * <p>In a {@linkplain io.roomcast.chat.model.Limits#largeRoom large} room this and {@link UserJoined} are told at most once a second together: there, only
 * {@code online} is of use.
 *
 * @param conversationId the room
 * @param userId who; the id of the session where it has no user
 * @param online how many users are in the room on this server now; each session without a user counts as one
 */
public record UserLeft(String conversationId, String userId, int online) implements ChatEvent {
    /** Checks that nothing required is null. */
    public UserLeft {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
