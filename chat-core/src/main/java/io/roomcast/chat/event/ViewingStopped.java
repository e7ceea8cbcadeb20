package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * Notifies a room that a user is no longer viewing it.
 *
 * @param conversationId the room
 * @param userId the user's id
 */
public record ViewingStopped(String conversationId, String userId) implements UserActivity {
    /** Rejects null for required components. */
    public ViewingStopped {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }
}
