package io.roomcast.chat.event;

/**
 * A user stopped typing: by saying so, by sending, by leaving, or by falling silent.
 *
 * @param conversationId where
 * @param userId who
 */
public record TypingStopped(String conversationId, String userId) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
