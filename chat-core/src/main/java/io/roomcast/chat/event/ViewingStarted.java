package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * Notifies a room that a user is viewing it.
 *
 * @param conversationId the room
 * @param userId the user's id
 */
public record ViewingStarted(String conversationId, String userId) implements UserActivity {
    /** Rejects null for required components. */
    public ViewingStarted {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }
}
