package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Permission;
import java.util.List;
import java.util.Optional;

/**
 * Starts a call in a conversation, or joins the one that rings or is active there. So two users who call each other at the
 * same time are in one call.
 *
 * <p>Fails with {@link ErrorCode#BUSY} if the other user of a direct conversation is in another call, {@link
 * ErrorCode#CALL_FULL} if the call has no room, {@link ErrorCode#ANSWERED_ELSEWHERE} if another device of the user takes
 * part, {@link ErrorCode#RATE_LIMITED} after too many calls, and {@link ErrorCode#NOT_SUPPORTED} if the host permits none.
 *
 * @param conversationId the conversation
 * @param media what the call is meant to transmit
 */
public record StartCall(String conversationId, CallMedia media) implements Command<StartCall.Started> {
    /** Rejects null. */
    public StartCall {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(media, "media");
    }

    /** Returns another order than that of messages, as the host's ports may delay the start of a call. */
    @Override
    public String lane() {
        return "calls-of:" + conversationId;
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.CALL);
    }

    @Override
    public Optional<Permission> permission() {
        return Optional.of(Permission.CALL);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The session takes part.
     *
     * @param entry what the device needs
     * @param joined whether it joined a call that existed
     * @param rung the invited users who are connected now, so that a device rings
     */
    public record Started(CallEntry entry, boolean joined, List<String> rung) {
        /** Copies the list. */
        public Started {
            requireNonNull(entry, "entry");
            rung = Checks.list(rung, "rung");
        }
    }
}
