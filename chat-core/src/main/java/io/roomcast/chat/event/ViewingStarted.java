package io.roomcast.chat.event;

/**
 * A user looks at a room.
 *
 * @param conversationId the room
 * @param userId who
 */
public record ViewingStarted(String conversationId, String userId) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
