package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The highest sequence number that a user has received or read in a conversation. Immutable.
 *
 * @param kind whether the messages were delivered or read
 * @param conversationId the conversation
 * @param userId the user's id
 * @param upToSeq the highest sequence number; all earlier messages are included
 * @param at when the user reached it, in whole milliseconds
 */
public record Receipt(Kind kind, String conversationId, String userId, long upToSeq, Instant at) {
    /** Whether messages were delivered or read. */
    public enum Kind {
        /** A device of the user has received the messages. */
        DELIVERED,
        /** The user has read the messages. This implies {@link #DELIVERED}. */
        READ
    }

    /** Rejects null. */
    public Receipt {
        requireNonNull(kind, "kind");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
        requireNonNull(at, "at");
    }

    /** Returns a receipt for messages that the user has read. */
    public static Receipt read(String conversationId, String userId, long upToSeq, Instant at) {
        return new Receipt(Kind.READ, conversationId, userId, upToSeq, at);
    }

    /** Returns a receipt for messages that a device of the user has received. */
    public static Receipt delivered(String conversationId, String userId, long upToSeq, Instant at) {
        return new Receipt(Kind.DELIVERED, conversationId, userId, upToSeq, at);
    }
}
