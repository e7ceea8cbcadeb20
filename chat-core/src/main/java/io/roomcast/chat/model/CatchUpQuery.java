package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * A query for the events of one conversation after a position. Immutable.
 *
 * @param conversationId the conversation
 * @param after the client's position
 * @param limit the maximum number of new messages, and also of changes; at least 1
 */
public record CatchUpQuery(String conversationId, Position after, int limit) {
    /** Rejects null and a limit below 1. */
    public CatchUpQuery {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(after, "after");
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }
}
