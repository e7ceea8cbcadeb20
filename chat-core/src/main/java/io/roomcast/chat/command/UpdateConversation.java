package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Conversation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes the title or the metadata of a conversation. Requires the role of owner or admin.
 *
 * @param conversationId the conversation
 * @param title the new title, or null to keep the current one
 * @param metadata the new metadata, a JSON object as text, or null to keep the current one
 */
public record UpdateConversation(
        String conversationId,
        @Nullable String title,
        @Nullable String metadata) implements Command<UpdateConversation.Updated> {
    /** Rejects a missing conversation. */
    public UpdateConversation {
        requireNonNull(conversationId, "conversationId");
    }

    /** Changes the title. */
    public static UpdateConversation title(String conversationId, String title) {
        return new UpdateConversation(conversationId, requireNonNull(title, "title"), null);
    }

    /** Replaces the metadata by a JSON object as text. */
    public static UpdateConversation metadata(String conversationId, String metadata) {
        return new UpdateConversation(conversationId, null, requireNonNull(metadata, "metadata"));
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.MANAGE);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The conversation is changed.
     *
     * @param conversation the conversation after the change
     */
    public record Updated(Conversation conversation) {
        /** Rejects null. */
        public Updated {
            requireNonNull(conversation, "conversation");
        }
    }
}
