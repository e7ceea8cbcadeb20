package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The highest sequence number that a user has received or read in a conversation, or that it had when the user first
 * joined. Immutable.
 *
 * @param kind whether the messages were delivered or read, or precede the user
 * @param conversationId the conversation
 * @param userId the user's id
 * @param upToSeq the highest sequence number; all earlier messages are included
 * @param at when the user reached it, in whole milliseconds
 */
public record Receipt(Kind kind, String conversationId, String userId, long upToSeq, Instant at) {
    /** What the sequence number stands for. */
    public enum Kind {
        /** A device of the user has received the messages. */
        DELIVERED,
        /** The user has read the messages. This implies {@link #DELIVERED}. */
        READ,
        /**
         * The newest message when the user first joined an open conversation, or 0 if it had none. Messages up to it are
         * not unread. Other users do not receive it, as the user has not read these messages. The lowest one counts.
         */
        JOINED
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

    /** Returns where a user first joined a conversation. */
    public static Receipt joined(String conversationId, String userId, long upToSeq, Instant at) {
        return new Receipt(Kind.JOINED, conversationId, userId, upToSeq, at);
    }

    /** Returns a receipt for messages that a device of the user has received. */
    public static Receipt delivered(String conversationId, String userId, long upToSeq, Instant at) {
        return new Receipt(Kind.DELIVERED, conversationId, userId, upToSeq, at);
    }

    /** Returns whether this receipt counts instead of another one of the same kind, conversation and user. */
    public boolean replaces(Receipt other) {
        long seq = requireNonNull(other, "other").upToSeq();
        return kind == Kind.JOINED ? upToSeq < seq : upToSeq > seq;
    }
}
