package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A user began to type, or goes on typing.
 *
 * @param conversationId where
 * @param userId who
 * @param expiresIn after which time without news the user has stopped
 */
public record TypingStarted(String conversationId, String userId, Duration expiresIn) implements ChatEvent {
    /** Checks that nothing required is null. */
    public TypingStarted {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
        requireNonNull(expiresIn, "expiresIn");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
