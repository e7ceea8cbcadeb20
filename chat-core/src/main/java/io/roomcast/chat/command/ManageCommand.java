package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import java.util.Optional;

/**
 * A command that changes a conversation or its members.
 *
 * @param <R> the result of a success
 */
public sealed interface ManageCommand<R> extends Command<R>
        permits AddMembers, ChangeRole, DeleteConversation, RemoveMember, UpdateConversation {
    @Override
    default Optional<Action> action() {
        return Optional.of(Action.MANAGE);
    }

    @Override
    default Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }
}
