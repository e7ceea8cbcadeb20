package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Message;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Take a message back: its place remains, and nothing else. Authors may, and moderators of the conversation.
 *
 * @param conversationId the conversation
 * @param messageId the message
 */
public record DeleteMessage(String conversationId, String messageId) implements Command<DeleteMessage.Deleted> {
    /** Checks that nothing required is null. */
    public DeleteMessage {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.EDIT);
    }

    @Override
    public <C> CompletionStage<Deleted> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * The message is gone.
     *
     * @param message what is left of it
     */
    public record Deleted(Message message) {
        /** Checks that nothing required is null. */
        public Deleted {
            requireNonNull(message, "message");
        }
    }
}
