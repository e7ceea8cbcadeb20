package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;

/**
 * Answers a call that rings, or joins an active one. Fails with {@link ErrorCode#ANSWERED_ELSEWHERE} if another device of
 * the user takes part, and with {@link ErrorCode#CALL_FULL} if the call has no room.
 *
 * @param callId the call
 */
public record AcceptCall(String callId) implements CallCommand<CallEntry> {
    /** Rejects null. */
    public AcceptCall {
        requireNonNull(callId, "callId");
    }
}
