package io.roomcast.chat.event;

/**
 * A user left a room, with the last of their sessions.
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
