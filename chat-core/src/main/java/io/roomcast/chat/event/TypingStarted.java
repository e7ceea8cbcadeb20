package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Notifies a room that a user is typing. It is repeated while the user keeps typing.
 *
 * @param conversationId the room
 * @param userId the user's id
 * @param expiresIn how long the user counts as typing if no other event follows
 */
public record TypingStarted(String conversationId, String userId, Duration expiresIn) implements UserActivity {
    /** Rejects null for required components. */
    public TypingStarted {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
        requireNonNull(expiresIn, "expiresIn");
    }
}
