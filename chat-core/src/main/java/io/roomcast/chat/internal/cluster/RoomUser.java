package io.roomcast.chat.internal.cluster;

import static java.util.Objects.requireNonNull;

/**
 * The state of a user in a room on one node. Immutable.
 *
 * @param userId the user's id, or the session's id if it has no user
 * @param isViewing whether a session of the user is viewing the room
 * @param isAway whether all sessions of the user report the user as away
 * @param isMoving whether the user is about to reconnect to another node, because this one stops
 */
public record RoomUser(String userId, boolean isViewing, boolean isAway, boolean isMoving) {
    /** Rejects null. */
    public RoomUser {
        requireNonNull(userId, "userId");
    }
}
