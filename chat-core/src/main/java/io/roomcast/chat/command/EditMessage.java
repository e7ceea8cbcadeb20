package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Permission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the content and metadata of a message. Only the author may do so.
 *
 * @param conversationId the conversation
 * @param messageId the message's id
 * @param content the new content
 * @param metadata the new metadata, a JSON object as text, or null for none
 * @param expectedVersion the version that the message must have, or null for any; another version fails with {@link
 *     io.roomcast.chat.model.ErrorCode#CONFLICT}
 */
public record EditMessage(
        String conversationId,
        String messageId,
        String content,
        @Nullable String metadata,
        @Nullable Long expectedVersion)
        implements ChangeCommand<EditMessage.Edited> {
    /** Rejects null for required components. */
    public EditMessage {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
        requireNonNull(content, "content");
    }

    /** Replaces the content, and removes the metadata. */
    public static EditMessage of(String conversationId, String messageId, String content) {
        return new EditMessage(conversationId, messageId, content, null, null);
    }

    /** Returns a copy with metadata, a JSON object as text. */
    public EditMessage withMetadata(String metadata) {
        return new EditMessage(
                conversationId, messageId, content, requireNonNull(metadata, "metadata"), expectedVersion);
    }

    /** Returns a copy that fails with a conflict if the message has another version. */
    public EditMessage withExpectedVersion(long version) {
        return new EditMessage(conversationId, messageId, content, metadata, version);
    }

    @Override
    public Optional<Permission> permission() {
        return Optional.of(Permission.EDIT_OWN);
    }

    /**
     * The message is edited.
     *
     * @param message the message after the edit
     */
    public record Edited(Message message) {
        /** Rejects null. */
        public Edited {
            requireNonNull(message, "message");
        }
    }
}
