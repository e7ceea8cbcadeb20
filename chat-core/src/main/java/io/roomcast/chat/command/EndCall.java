package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends the part of the session's device in a call. A direct call, or one without further participants, ends.
 *
 * @param callId the call
 * @param forAll whether to end the call for all. Permitted to the user who started it, and to admins and the owner of the
 *     conversation
 */
public record EndCall(String callId, boolean forAll) implements CallCommand<EndCall.Ended> {
    /** Rejects null. */
    public EndCall {
        requireNonNull(callId, "callId");
    }

    /**
     * The device no longer takes part.
     *
     * @param duration how long the call has been active, or null if it was not
     */
    public record Ended(@Nullable Duration duration) {}
}
