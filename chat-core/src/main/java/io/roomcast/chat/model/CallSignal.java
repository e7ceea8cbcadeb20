package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A signal of WebRTC as its receiver gets it. Immutable. Its text omits the data.
 *
 * @param n the number of the signal for its receiver: 1, 2, 3, …
 * @param from the participant who sent it
 * @param kind the kind of signal
 * @param data a JSON value as text, or null for the end of the candidates
 */
public record CallSignal(
        long n, String from, CallSignalKind kind, @Nullable String data) {
    /** Rejects null for required components. */
    public CallSignal {
        requireNonNull(from, "from");
        requireNonNull(kind, "kind");
    }

    @Override
    public String toString() {
        return "CallSignal[" + n + ", " + from + ", " + kind + "]";
    }
}
