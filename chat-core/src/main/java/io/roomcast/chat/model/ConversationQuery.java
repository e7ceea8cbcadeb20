package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A query for a page of a user's conversations, the most recently active first. Immutable.
 *
 * @param userId the member whose conversations are listed
 * @param after the cursor of the last conversation of the previous page, or null for the first page
 * @param limit the maximum number of conversations, at least 1
 */
public record ConversationQuery(String userId, @Nullable Cursor after, int limit) {
    /**
     * A position in the list. Conversations are ordered by {@code activeAt}, newest first, and then by id.
     *
     * @param activeAt the time of the newest message of the conversation at this position
     * @param conversationId the id of that conversation
     */
    public record Cursor(Instant activeAt, String conversationId) {
        /** Rejects null. */
        public Cursor {
            requireNonNull(activeAt, "activeAt");
            requireNonNull(conversationId, "conversationId");
        }
    }

    /** Rejects null and a limit below 1. */
    public ConversationQuery {
        requireNonNull(userId, "userId");
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }
}
