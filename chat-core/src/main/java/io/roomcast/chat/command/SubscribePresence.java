package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads the presence of users, and subscribes the session to its changes.
 *
 * @param userIds the users; at least one and at most {@value GetPresence#MAX_USERS}
 */
public record SubscribePresence(List<String> userIds) implements UserCommand<GetPresence.Known> {
    /** Copies the lists. */
    public SubscribePresence {
        userIds = Checks.list(userIds, "userIds");
    }

    @Override
    public <C> CompletionStage<GetPresence.Known> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }
}
