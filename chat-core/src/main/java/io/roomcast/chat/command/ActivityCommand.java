package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Permission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that notifies a room of what its user does there. Nothing is stored.
 *
 * @param <R> the result of a success
 */
public sealed interface ActivityCommand<R> extends Command<R>
        permits StartTyping, StartViewing, StopTyping, StopViewing {
    /** Returns the user's id as the payload names it, or null if the principal is the user. */
    @Nullable
    String userId();

    @Override
    default Optional<Action> action() {
        return Optional.of(Action.TYPE);
    }

    @Override
    default Optional<Permission> permission() {
        return Optional.of(Permission.TYPE);
    }

    @Override
    default Optional<RateKind> rate() {
        return Optional.of(RateKind.TYPING);
    }

    @Override
    default Optional<Claim> claim() {
        return Optional.of(new Claim("userId", userId()));
    }
}
