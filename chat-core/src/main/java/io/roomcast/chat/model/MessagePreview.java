package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A short form of a conversation's newest message, for lists of conversations. Immutable.
 *
 * @param id the message's id
 * @param seq its sequence number
 * @param version the number of the last change of the message, or 0 if it was never changed
 * @param senderId the sender's id
 * @param type the type of the content
 * @param content the first {@value #MAX_LENGTH} UTF-16 units of the text
 * @param createdAt when the server accepted the message
 * @param deleted whether the message was deleted, trimmed or has expired
 * @param expiresAt when the message expires, in whole milliseconds, or null if it does not
 */
public record MessagePreview(
        String id,
        long seq,
        long version,
        String senderId,
        MessageType type,
        String content,
        Instant createdAt,
        boolean deleted,
        @Nullable Instant expiresAt) {
    /** The maximum length of the content: {@value} UTF-16 units. */
    public static final int MAX_LENGTH = 80;

    /** Rejects null for required components. */
    public MessagePreview {
        requireNonNull(id, "id");
        requireNonNull(senderId, "senderId");
        requireNonNull(type, "type");
        requireNonNull(content, "content");
        requireNonNull(createdAt, "createdAt");
    }

    /** Returns the preview of a message. */
    public static MessagePreview of(Message message) {
        return new MessagePreview(
                requireNonNull(message, "message").id(),
                message.seq(),
                message.version(),
                message.senderId(),
                message.type(),
                cut(message.content()),
                message.createdAt(),
                message.isDeleted(),
                message.expiresAt());
    }

    /** Returns the preview for a message that no longer exists: deleted and without text. */
    public MessagePreview withoutContent() {
        return new MessagePreview(id, seq, version, senderId, type, "", createdAt, true, expiresAt);
    }

    /** Cuts the text, but never inside a surrogate pair. */
    private static String cut(String content) {
        if (content.length() <= MAX_LENGTH) {
            return content;
        }
        int end = Character.isHighSurrogate(content.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return content.substring(0, end);
    }
}
