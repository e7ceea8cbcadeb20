package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * A user stopped typing: by saying so, by sending, by leaving, or by falling silent.
 *
 * @param conversationId where
 * @param userId who
 */
public record TypingStopped(String conversationId, String userId) implements ChatEvent {
    /** Checks that nothing required is null. */
    public TypingStopped {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
