package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * A query for the number of messages in a conversation that {@linkplain Message#mentions mention} a user. Immutable.
 *
 * @param userId the user
 * @param conversationId the conversation
 * @param afterSeq messages up to this sequence number are not counted
 */
public record MentionCountQuery(String userId, String conversationId, long afterSeq) {
    /** Rejects null. */
    public MentionCountQuery {
        requireNonNull(userId, "userId");
        requireNonNull(conversationId, "conversationId");
    }
}
