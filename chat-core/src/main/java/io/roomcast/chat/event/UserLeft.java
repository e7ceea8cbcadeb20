package io.roomcast.chat.event;

/**
 * A user left a room, with the last of their sessions, or was put out of it and is then told so too.
 *
 * <p>In a room of more than 200 sessions this and {@link UserJoined} are told at most once a second together: there, only
 * {@code online} is of use.
 *
 * @param conversationId the room
 * @param userId who
 * @param online how many sessions are in the room now
 */
public record UserLeft(String conversationId, String userId, int online) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
