package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * Notifies a room that a user stopped typing. The client reported it, the user sent a message or left the room, or the
 * typing indicator expired.
 *
 * @param conversationId the room
 * @param userId the user's id
 */
public record TypingStopped(String conversationId, String userId) implements UserActivity {
    /** Rejects null for required components. */
    public TypingStopped {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }
}
