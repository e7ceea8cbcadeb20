package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A message that host code wants to send. Immutable.
 *
 * @param senderId who sends it; {@value #SYSTEM_SENDER} for the host itself
 * @param type what the content is
 * @param content the words; may be empty only with an attachment
 * @param attachment the file it points at, or null
 * @param clientMessageId the idempotency key that makes a retry safe; null where there is no retry
 */
public record NewMessage(
        String senderId,
        MessageType type,
        String content,
        @Nullable Attachment attachment,
        @Nullable String clientMessageId) {
    /** The sender of the host's own messages. */
    public static final String SYSTEM_SENDER = "system";

    /** Checks that nothing required is null. */
    public NewMessage {
        requireNonNull(senderId, "senderId");
        requireNonNull(type, "type");
        requireNonNull(content, "content");
    }

    /** Words of the host's own. */
    public static NewMessage system(String content) {
        return new NewMessage(SYSTEM_SENDER, MessageType.SYSTEM, content, null, null);
    }

    /** Words of a user. */
    public static NewMessage text(String senderId, String content) {
        return new NewMessage(senderId, MessageType.TEXT, content, null, null);
    }

    /** The same message under an idempotency key: sent again with the same key it stays one message. */
    public NewMessage withClientMessageId(String clientMessageId) {
        return new NewMessage(senderId, type, content, attachment, requireNonNull(clientMessageId, "clientMessageId"));
    }
}
