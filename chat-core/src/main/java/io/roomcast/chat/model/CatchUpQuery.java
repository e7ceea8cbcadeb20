package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * What a client lacks of one conversation. Immutable.
 *
 * @param conversationId the conversation
 * @param after how far the client has come
 * @param limit how many new messages at the most, and how many changes; at least 1
 */
public record CatchUpQuery(String conversationId, Position after, int limit) {
    /** Checks that there is something to ask. */
    public CatchUpQuery {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(after, "after");
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }
}
