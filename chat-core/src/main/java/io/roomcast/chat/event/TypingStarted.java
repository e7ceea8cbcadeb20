package io.roomcast.chat.event;

import java.time.Duration;

/**
 * A user began to type, or goes on typing.
 *
 * @param conversationId where
 * @param userId who
 * @param expiresIn after which time without news the user has stopped
 */
public record TypingStarted(String conversationId, String userId, Duration expiresIn) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
