package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * A query for a page of a conversation's messages. Immutable.
 *
 * @param conversationId the conversation
 * @param anchor the part of the history that the page covers
 * @param seq the sequence number that the anchor refers to, or 0 for {@link Anchor#LATEST}
 * @param limit the maximum number of messages, at least 1
 */
public record HistoryQuery(String conversationId, Anchor anchor, long seq, int limit) {
    /** The part of the history that a page covers. */
    public enum Anchor {
        /** The newest messages. */
        LATEST,
        /** The newest messages with a smaller sequence number. */
        BEFORE,
        /** The oldest messages with a larger sequence number. */
        AFTER,
        /** The messages around a sequence number: those from {@code seq - limit/2} on, that number included. */
        AROUND
    }

    /** Rejects null and a limit below 1. */
    public HistoryQuery {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(anchor, "anchor");
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }

    /** Returns the first sequence number of an {@link Anchor#AROUND} page, at least 1. */
    public long aroundFrom() {
        return Math.max(1, seq - limit / 2);
    }
}
