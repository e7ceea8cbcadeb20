package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A message for host code to send. Immutable.
 *
 * @param senderId the sender's id; {@value #SYSTEM_SENDER} for the host itself
 * @param type the type of the content
 * @param content the text; may be empty only with an attachment
 * @param attachment the attached file, or null
 * @param clientMessageId the idempotency key, which makes a retry safe, or null for none
 */
public record NewMessage(
        String senderId,
        MessageType type,
        String content,
        @Nullable Attachment attachment,
        @Nullable String clientMessageId) {
    /** The sender id of the host's own messages: {@value}. */
    public static final String SYSTEM_SENDER = "system";

    /** Rejects null for required components. */
    public NewMessage {
        requireNonNull(senderId, "senderId");
        requireNonNull(type, "type");
        requireNonNull(content, "content");
    }

    /** Returns a text message of the host itself. */
    public static NewMessage system(String content) {
        return new NewMessage(SYSTEM_SENDER, MessageType.SYSTEM, content, null, null);
    }

    /** Returns a text message of a user. */
    public static NewMessage text(String senderId, String content) {
        return new NewMessage(senderId, MessageType.TEXT, content, null, null);
    }

    /** Returns a copy with an idempotency key. Sending it again with the same key does not store a second message. */
    public NewMessage withClientMessageId(String clientMessageId) {
        return new NewMessage(senderId, type, content, attachment, requireNonNull(clientMessageId, "clientMessageId"));
    }
}
