package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Removes a user's reaction from a message. Has no effect if there is none.
 *
 * @param conversationId the conversation
 * @param messageId the message
 * @param key the reaction
 */
public record RemoveReaction(String conversationId, String messageId, String key)
        implements Command<AddReaction.Reacted> {
    /** Checks that nothing required is null. */
    public RemoveReaction {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
        requireNonNull(key, "key");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.REACT);
    }

    @Override
    public <C> CompletionStage<AddReaction.Reacted> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }
}
