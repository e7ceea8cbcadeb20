package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Stop hearing of users with whom no room is shared; answers who is here for the last time.
 *
 * @param userIds the users
 */
public record UnsubscribePresence(List<String> userIds) implements UserCommand<GetPresence.Known> {
    /** Copies the lists. */
    public UnsubscribePresence {
        userIds = Checks.list(userIds, "userIds");
    }

    @Override
    public <C> CompletionStage<GetPresence.Known> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }
}
