package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Ask who is here, and hear of it when that changes.
 *
 * @param userIds the users
 */
public record SubscribePresence(List<String> userIds) implements UserCommand<GetPresence.Known> {
    /** Copies the lists. */
    public SubscribePresence {
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
