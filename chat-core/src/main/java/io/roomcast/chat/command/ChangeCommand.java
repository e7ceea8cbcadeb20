package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import java.util.Optional;

/**
 * A command that changes a stored message.
 *
 * @param <R> the result of a success
 */
public sealed interface ChangeCommand<R> extends Command<R>
        permits DeleteMessage, EditMessage, PinMessage, UnpinMessage {
    @Override
    default Optional<Action> action() {
        return Optional.of(Action.EDIT);
    }

    @Override
    default Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }
}
