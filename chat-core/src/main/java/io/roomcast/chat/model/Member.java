package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A member of a conversation. Immutable.
 *
 * @param userId the user's id
 * @param role the user's role in the conversation
 * @param joinedAt when the user became a member, in whole milliseconds
 */
public record Member(String userId, Role role, Instant joinedAt) {
    /** Rejects null. */
    public Member {
        requireNonNull(userId, "userId");
        requireNonNull(role, "role");
        requireNonNull(joinedAt, "joinedAt");
    }
}
