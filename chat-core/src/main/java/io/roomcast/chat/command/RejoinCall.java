package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallSignal;
import io.roomcast.chat.model.Checks;
import java.util.List;

/**
 * Returns to a call after the device has lost its connection, on this or another server of a cluster. Its text omits the
 * key.
 *
 * @param callId the call
 * @param key the secret of the {@link CallEntry}
 * @param after the number of the last signal that the device has received, or 0
 * @param fresh whether the device has lost its state, as after the page was loaded again: it then takes part as a new
 *     participant, and negotiates anew
 */
public record RejoinCall(String callId, String key, long after, boolean fresh)
        implements CallCommand<RejoinCall.Rejoined> {
    /** Rejects null. */
    public RejoinCall {
        requireNonNull(callId, "callId");
        requireNonNull(key, "key");
    }

    @Override
    public String toString() {
        return "RejoinCall[" + callId + ", after " + after + (fresh ? ", fresh]" : "]");
    }

    /**
     * The session takes part again.
     *
     * @param entry what the device needs
     * @param signals the signals that it has missed, in their order
     * @param lost whether further signals are lost, so that the device must negotiate anew with all others
     */
    public record Rejoined(CallEntry entry, List<CallSignal> signals, boolean lost) {
        /** Copies the list. */
        public Rejoined {
            requireNonNull(entry, "entry");
            signals = Checks.list(signals, "signals");
        }
    }
}
