package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A query for a page of the messages that mention a user, the newest first. Immutable.
 *
 * @param userId the mentioned user
 * @param after the cursor of the last message of the previous page, or null for the first page
 * @param limit the maximum number of messages, at least 1
 */
public record MentionQuery(String userId, @Nullable Cursor after, int limit) {
    /**
     * A position in the list. Messages are ordered by {@code createdAt}, newest first, and then by id, highest first.
     *
     * @param createdAt when the message at this position was accepted
     * @param messageId the id of that message
     */
    public record Cursor(Instant createdAt, String messageId) {
        /** Rejects null. */
        public Cursor {
            requireNonNull(createdAt, "createdAt");
            requireNonNull(messageId, "messageId");
        }

        /** Returns the position of a message. */
        public static Cursor of(Message message) {
            return new Cursor(requireNonNull(message, "message").createdAt(), message.id());
        }
    }

    /** Rejects null for required components, and a limit below 1. */
    public MentionQuery {
        requireNonNull(userId, "userId");
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }

    /** Returns a copy that starts after a cursor. */
    public MentionQuery after(Cursor cursor) {
        return new MentionQuery(userId, requireNonNull(cursor, "cursor"), limit);
    }
}
