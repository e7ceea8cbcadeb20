package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports what the session's device sends in a call. Null keeps the value.
 *
 * @param callId the call
 * @param audio whether the device sends sound
 * @param video whether the device sends pictures of its camera
 * @param screen whether the device sends its screen
 * @param connected whether the device could connect to the others; only the outcome of the call depends on it
 */
public record UpdateCall(
        String callId,
        @Nullable Boolean audio,
        @Nullable Boolean video,
        @Nullable Boolean screen,
        @Nullable Boolean connected)
        implements CallCommand<UpdateCall.Updated> {
    /** Rejects null for required components. */
    public UpdateCall {
        requireNonNull(callId, "callId");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.CALL_UPDATES);
    }

    /** The others are notified. */
    public record Updated() {}
}
