package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Conversation;
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
        @Nullable String metadata) implements ManageCommand<UpdateConversation.Updated> {
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
