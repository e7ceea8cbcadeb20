package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Message;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the content of the caller's own message, within {@link io.roomcast.chat.model.Limits#editWindow()}.
 *
 * @param conversationId the conversation
 * @param messageId the message
 * @param content the new content
 * @param metadata the new metadata, a JSON object as text, or null for none
 * @param expectedVersion the version that the message must have, or null for any; another one is refused with {@link
 *     io.roomcast.chat.model.ErrorCode#CONFLICT}
 */
public record EditMessage(
        String conversationId,
        String messageId,
        String content,
        @Nullable String metadata,
        @Nullable Long expectedVersion)
        implements Command<EditMessage.Edited> {
    /** Checks that nothing required is null. */
    public EditMessage {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
        requireNonNull(content, "content");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.EDIT);
    }

    @Override
    public <C> CompletionStage<Edited> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms that the message has the new content.
     *
     * @param message the message after the change
     */
    public record Edited(Message message) {
        /** Checks that nothing required is null. */
        public Edited {
            requireNonNull(message, "message");
        }
    }
}
