package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * Notifies the participants of a call that an invited user declined.
 *
 * @param callId the call
 * @param userId the user
 */
public record CallDeclined(String callId, String userId) implements CallEvent {
    /** Rejects null. */
    public CallDeclined {
        requireNonNull(callId, "callId");
        requireNonNull(userId, "userId");
    }
}
