package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notifies of the end of a call: its participants, the devices that ring, and the room. Or only of the end of its ringing
 * on the devices of one user.
 *
 * @param callId the call
 * @param conversationId the conversation
 * @param reason how the call ended, or the ringing
 * @param by the user who ended it, or null if no user did
 * @param duration how long the call was active, or null if it was not
 * @param continues whether only the ringing ended, so that the user may still join
 */
public record CallEnded(
        String callId,
        String conversationId,
        CallOutcome reason,
        @Nullable String by,
        @Nullable Duration duration,
        boolean continues)
        implements CallEvent {
    /** Rejects null for required components. */
    public CallEnded {
        requireNonNull(callId, "callId");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(reason, "reason");
    }
}
