package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of a user's conversations are wanted: those after a place in the list, the most lively first. Immutable.
 *
 * @param userId a member of all of them
 * @param after the last one of the page before, or null for the first page
 * @param limit how many at the most, at least 1
 */
public record ConversationQuery(String userId, @Nullable Cursor after, int limit) {
    /**
     * A place in the list: by time of the newest message, the latest first, and by id where times are equal.
     *
     * @param activeAt the time of the conversation there
     * @param conversationId its id
     */
    public record Cursor(Instant activeAt, String conversationId) {
        /** Checks that nothing is null. */
        public Cursor {
            requireNonNull(activeAt, "activeAt");
            requireNonNull(conversationId, "conversationId");
        }
    }

    /** Checks that there is something to ask. */
    public ConversationQuery {
        requireNonNull(userId, "userId");
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }
}
