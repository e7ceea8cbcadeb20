package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallSignal;

/**
 * Passes a signal of WebRTC to one participant of a call, from another.
 *
 * @param callId the call
 * @param signal the signal
 */
public record CallSignalled(String callId, CallSignal signal) implements CallEvent {
    /** Rejects null. */
    public CallSignalled {
        requireNonNull(callId, "callId");
        requireNonNull(signal, "signal");
    }
}
