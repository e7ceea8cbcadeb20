package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import java.util.Optional;

/**
 * A command about one call. Fails with {@link io.roomcast.chat.model.ErrorCode#CALL_NOT_FOUND} if the call does not
 * exist, has ended, or is not the caller's, and with {@link io.roomcast.chat.model.ErrorCode#NOT_SUPPORTED} if the host
 * permits no calls.
 *
 * <p>The access policy is asked once the conversation of the call is known.
 *
 * @param <R> the result of a success
 */
public sealed interface CallCommand<R> extends Command<R>
        permits AcceptCall, DeclineCall, EndCall, GetIceServers, RejoinCall, SignalCall, UpdateCall {
    /** Returns the id of the call. */
    String callId();

    @Override
    default String conversationId() {
        return "";
    }

    /** Returns the id of the call, as its commands run one after the other. */
    @Override
    default String lane() {
        return "call:" + callId();
    }

    @Override
    default Optional<Action> action() {
        return Optional.empty();
    }

    @Override
    default Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }
}
