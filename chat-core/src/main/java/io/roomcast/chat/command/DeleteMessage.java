package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Message;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Deletes a message. Its sequence number remains, without content.
 *
 * <p>The author may delete it within {@link io.roomcast.chat.model.Limits#deleteWindow()}, the group's admins and owner
 * at any time.
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
    public <C> CompletionStage<Deleted> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms that the message is deleted.
     *
     * @param message the message without its content
     */
    public record Deleted(Message message) {
        /** Checks that nothing required is null. */
        public Deleted {
            requireNonNull(message, "message");
        }
    }
}
