package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import java.util.Optional;

/**
 * A command that reads one conversation and changes nothing.
 *
 * @param <R> the result of a success
 */
public sealed interface ReadCommand<R> extends Command<R>
        permits GetConversation, GetMembers, GetMessage, GetMessages, GetPins, GetReactions, GetReceipts, SyncRoom {
    @Override
    default Optional<Action> action() {
        return Optional.of(Action.READ);
    }

    @Override
    default Optional<RateKind> rate() {
        return Optional.of(RateKind.READS);
    }
}
