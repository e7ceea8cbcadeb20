package io.roomcast.chat.event;

/**
 * A user came into a room, with the first of their sessions; those who join are not told of themselves.
 *
 * <p>In a room of more than 200 sessions this and {@link UserLeft} are told at most once a second together: there, only
 * {@code online} is of use.
 *
 * @param conversationId the room
 * @param userId who
 * @param online how many sessions are in the room now
 */
public record UserJoined(String conversationId, String userId, int online) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
