package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * How far a user has come in a conversation. Immutable.
 *
 * @param kind in which way
 * @param conversationId the conversation
 * @param userId the user
 * @param upToSeq the newest message that it covers; everything before it is covered too
 * @param at when the user came there, in whole milliseconds
 */
public record Receipt(Kind kind, String conversationId, String userId, long upToSeq, Instant at) {
    /** In which way a user has come to a place. */
    public enum Kind {
        /** A device of the user's has the messages. */
        DELIVERED,
        /** The user has seen the messages, and so they are delivered too. */
        READ
    }

    /** Checks that nothing is null. */
    public Receipt {
        requireNonNull(kind, "kind");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
        requireNonNull(at, "at");
    }

    /** That the user has seen the messages up to a place. */
    public static Receipt read(String conversationId, String userId, long upToSeq, Instant at) {
        return new Receipt(Kind.READ, conversationId, userId, upToSeq, at);
    }

    /** That a device of the user's has the messages up to a place. */
    public static Receipt delivered(String conversationId, String userId, long upToSeq, Instant at) {
        return new Receipt(Kind.DELIVERED, conversationId, userId, upToSeq, at);
    }
}
