package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Conversation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Changes the title or the metadata of a group.
 *
 * @param conversationId the group
 * @param title the new title, or null to keep it
 * @param metadata the new metadata, a JSON object as text, or null to keep it
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
    public <C> CompletionStage<Updated> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms the change.
     *
     * @param conversation the group after the change
     */
    public record Updated(Conversation conversation) {
        /** Checks that nothing required is null. */
        public Updated {
            requireNonNull(conversation, "conversation");
        }
    }
}
