package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads the presence of users, and ends the session's subscription to it. The session still receives the presence of
 * users in its rooms.
 *
 * @param userIds the users; at least one and at most {@value GetPresence#MAX_USERS}
 */
public record UnsubscribePresence(List<String> userIds) implements UserCommand<GetPresence.Known> {
    /** Copies the lists. */
    public UnsubscribePresence {
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
