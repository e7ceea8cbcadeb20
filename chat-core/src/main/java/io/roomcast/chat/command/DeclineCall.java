package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

/**
 * Declines a call that rings. All devices of the user stop ringing, and a direct call ends.
 *
 * @param callId the call
 */
public record DeclineCall(String callId) implements CallCommand<DeclineCall.Declined> {
    /** Rejects null. */
    public DeclineCall {
        requireNonNull(callId, "callId");
    }

    /** The call is declined. */
    public record Declined() {}
}
