package io.roomcast.chat.internal.cluster;

import static java.util.Objects.requireNonNull;

/**
 * The state of a user in a room on one node. Immutable.
 *
 * @param userId the user's id, or the session's id if it has no user
 * @param isJoined whether a session of the user is in the room
 * @param isViewing whether a session of the user is viewing the room
 */
public record RoomUser(String userId, boolean isJoined, boolean isViewing) {
    /** Rejects null. */
    public RoomUser {
        requireNonNull(userId, "userId");
    }
}
