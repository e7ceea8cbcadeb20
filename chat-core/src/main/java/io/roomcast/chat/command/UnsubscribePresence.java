package io.roomcast.chat.command;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Stop hearing of users.
 *
 * @param userIds the users
 */
public record UnsubscribePresence(List<String> userIds) implements UserCommand<UnsubscribePresence.Unsubscribed> {
    /** Copies the lists. */
    public UnsubscribePresence {
        userIds = List.copyOf(userIds);
    }

    @Override
    public <C> CompletionStage<Unsubscribed> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    /**
     * Nothing more is heard of them, unless a room is shared.
     */
    public record Unsubscribed() {}
}
