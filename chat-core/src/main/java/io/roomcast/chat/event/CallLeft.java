package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallLeaveReason;

/**
 * Notifies the participants of a call that one of them left, and the device itself unless it left on its own.
 *
 * @param callId the call
 * @param participantId the participant
 * @param userId the user
 * @param reason why the participant left
 */
public record CallLeft(String callId, String participantId, String userId, CallLeaveReason reason)
        implements CallEvent {
    /** Rejects null. */
    public CallLeft {
        requireNonNull(callId, "callId");
        requireNonNull(participantId, "participantId");
        requireNonNull(userId, "userId");
        requireNonNull(reason, "reason");
    }
}
