package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Message;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * React to a message. The same reaction twice is one.
 *
 * @param conversationId the conversation
 * @param messageId the message
 * @param key what the user chose, such as an emoji
 */
public record AddReaction(String conversationId, String messageId, String key) implements Command<AddReaction.Reacted> {
    /** Checks that nothing required is null. */
    public AddReaction {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
        requireNonNull(key, "key");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.REACT);
    }

    @Override
    public <C> CompletionStage<Reacted> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * The reactions have changed, or were so already.
     *
     * @param message the message as it is now
     */
    public record Reacted(Message message) {
        /** Checks that nothing required is null. */
        public Reacted {
            requireNonNull(message, "message");
        }
    }
}
