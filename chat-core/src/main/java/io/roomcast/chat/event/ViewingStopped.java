package io.roomcast.chat.event;

/**
 * A user looks elsewhere.
 *
 * @param conversationId the room
 * @param userId who
 */
public record ViewingStopped(String conversationId, String userId) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
