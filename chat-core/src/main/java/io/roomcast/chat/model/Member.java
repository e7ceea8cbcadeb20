package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A user in a conversation. Immutable.
 *
 * @param userId the user
 * @param role what the user may do there
 * @param joinedAt since when, in whole milliseconds
 */
public record Member(String userId, Role role, Instant joinedAt) {
    /** Checks that nothing is null. */
    public Member {
        requireNonNull(userId, "userId");
        requireNonNull(role, "role");
        requireNonNull(joinedAt, "joinedAt");
    }
}
