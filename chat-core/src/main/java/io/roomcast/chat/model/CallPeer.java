package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * A participant of a call as the others see it: one device of a user. Immutable.
 *
 * @param participantId the id within the call; not a secret
 * @param index 1, 2, 3, … in the order in which participants joined; no index is used twice in a call
 * @param userId the user
 * @param audio whether the device sends sound
 * @param video whether the device sends pictures of its camera
 * @param screen whether the device sends its screen
 * @param away whether the connection to the device is lost; it leaves the call soon unless it returns
 */
public record CallPeer(
        String participantId, int index, String userId, boolean audio, boolean video, boolean screen, boolean away) {
    /** Rejects null. */
    public CallPeer {
        requireNonNull(participantId, "participantId");
        requireNonNull(userId, "userId");
    }

    /** Returns a copy of a device whose connection is lost, or is there again. */
    public CallPeer away(boolean isAway) {
        return new CallPeer(participantId, index, userId, audio, video, screen, isAway);
    }
}
