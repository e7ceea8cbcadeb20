package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes a signal of WebRTC from the session's device to another participant. Nothing is stored. Its text omits the data.
 *
 * <p>Fails with {@link ErrorCode#PAYLOAD_TOO_LARGE} if the data is longer than {@value FixedLimits#CALL_SIGNAL_BYTES} bytes.
 *
 * @param callId the call
 * @param to the participant who receives the signal
 * @param kind the kind of signal
 * @param data a JSON value as text: the description of a session, or the candidates; null for the end of the candidates
 */
public record SignalCall(
        String callId,
        String to,
        CallSignalKind kind,
        @Nullable String data) implements CallCommand<SignalCall.Signalled> {
    /** Rejects null for required components. */
    public SignalCall {
        requireNonNull(callId, "callId");
        requireNonNull(to, "to");
        requireNonNull(kind, "kind");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.SIGNALS);
    }

    @Override
    public String toString() {
        return "SignalCall[" + callId + ", " + to + ", " + kind + "]";
    }

    /** The signal is on its way. */
    public record Signalled() {}
}
