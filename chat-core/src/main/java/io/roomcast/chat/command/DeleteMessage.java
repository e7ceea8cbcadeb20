package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * Deletes a message. Its sequence number remains, and its content is removed. The author may do so, and the owner and
 * admins of the conversation.
 *
 * @param conversationId the conversation
 * @param messageId the message's id
 */
public record DeleteMessage(String conversationId, String messageId) implements ChangeCommand<DeleteMessage.Deleted> {
    /** Rejects null. */
    public DeleteMessage {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
    }

    /**
     * The message is deleted.
     *
     * @param message the message after the deletion
     */
    public record Deleted(Message message) {
        /** Rejects null. */
        public Deleted {
            requireNonNull(message, "message");
        }
    }
}
