package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Conversation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Change what a conversation is called, or its metadata.
 *
 * @param conversationId the conversation
 * @param title the new name, or null to leave it
 * @param metadata the new metadata, a JSON object as text, or null to leave it
 */
public record UpdateConversation(
        String conversationId,
        @Nullable String title,
        @Nullable String metadata) implements Command<UpdateConversation.Updated> {
    /** Checks that nothing required is null. */
    public UpdateConversation {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.MANAGE);
    }

    @Override
    public <C> CompletionStage<Updated> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * It is changed.
     *
     * @param conversation the conversation
     */
    public record Updated(Conversation conversation) {
        /** Checks that nothing required is null. */
        public Updated {
            requireNonNull(conversation, "conversation");
        }
    }
}
