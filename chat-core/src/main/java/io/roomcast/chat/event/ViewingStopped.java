package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * A user looks elsewhere.
 *
 * @param conversationId the room
 * @param userId who
 */
public record ViewingStopped(String conversationId, String userId) implements ChatEvent {
    /** Checks that nothing required is null. */
    public ViewingStopped {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
