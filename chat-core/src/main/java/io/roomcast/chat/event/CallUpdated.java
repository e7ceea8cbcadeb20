package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallPeer;

/**
 * Notifies the participants of a call that another one sends something else, has lost its connection, or has returned.
 *
 * @param callId the call
 * @param peer the participant after the change
 */
public record CallUpdated(String callId, CallPeer peer) implements CallEvent {
    /** Rejects null. */
    public CallUpdated {
        requireNonNull(callId, "callId");
        requireNonNull(peer, "peer");
    }
}
