package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * Which part of a conversation's messages is wanted. Immutable.
 *
 * @param conversationId the conversation
 * @param anchor from where to read
 * @param seq the place the anchor speaks of; 0 with {@link Anchor#LATEST}
 * @param limit how many messages at the most, at least 1
 */
public record HistoryQuery(String conversationId, Anchor anchor, long seq, int limit) {
    /** From where a page of history is read. */
    public enum Anchor {
        /** The newest messages. */
        LATEST,
        /** The newest messages with a smaller seq. */
        BEFORE,
        /** The oldest messages with a larger seq. */
        AFTER,
        /** The messages on both sides of a seq, its own included: places seq − limit/2 up to limit of them. */
        AROUND
    }

    /** Checks that there is something to ask. */
    public HistoryQuery {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(anchor, "anchor");
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }

    /** The first place of an {@link Anchor#AROUND} page, never below 1. */
    public long aroundFrom() {
        return Math.max(1, seq - limit / 2);
    }
}
