package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallPeer;

/**
 * Notifies the participants of a call of a new one, who will send each of them an offer.
 *
 * @param callId the call
 * @param peer the new participant
 */
public record CallAccepted(String callId, CallPeer peer) implements CallEvent {
    /** Rejects null. */
    public CallAccepted {
        requireNonNull(callId, "callId");
        requireNonNull(peer, "peer");
    }
}
