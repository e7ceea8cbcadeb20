package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Permission;
import java.util.Optional;

/**
 * Unpins a message. Requires {@link Permission#PIN}. Unpinning a message that is not pinned has no effect.
 *
 * @param conversationId the conversation
 * @param messageId the message's id
 */
public record UnpinMessage(String conversationId, String messageId) implements ChangeCommand<UnpinMessage.Unpinned> {
    /** Rejects null. */
    public UnpinMessage {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
    }

    @Override
    public Optional<Permission> permission() {
        return Optional.of(Permission.PIN);
    }

    /**
     * The message is not pinned.
     *
     * @param message the message after the change
     */
    public record Unpinned(Message message) {
        /** Rejects null. */
        public Unpinned {
            requireNonNull(message, "message");
        }
    }
}
