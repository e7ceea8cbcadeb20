package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a list of conversations shows of the newest message. Immutable.
 *
 * @param id the message's id
 * @param seq its place
 * @param version the change that touched it last; 0 if nothing did
 * @param senderId who sent it
 * @param type what the content is
 * @param content the words, at most the first {@value #MAX_LENGTH} UTF-16 units of them
 * @param createdAt when it was accepted
 * @param deleted whether only its place is left, as it was deleted, trimmed or is expired
 */
public record MessagePreview(
        String id,
        long seq,
        long version,
        String senderId,
        MessageType type,
        String content,
        Instant createdAt,
        boolean deleted) {
    /** The most UTF-16 units of a preview's content: {@value}. */
    public static final int MAX_LENGTH = 80;

    /** Checks that nothing is null. */
    public MessagePreview {
        requireNonNull(id, "id");
        requireNonNull(senderId, "senderId");
        requireNonNull(type, "type");
        requireNonNull(content, "content");
        requireNonNull(createdAt, "createdAt");
    }

    /** The preview of a message. */
    public static MessagePreview of(Message message) {
        return new MessagePreview(
                requireNonNull(message, "message").id(),
                message.seq(),
                message.version(),
                message.senderId(),
                message.type(),
                cut(message.content()),
                message.createdAt(),
                message.isDeleted());
    }

    /** The preview of a message that is kept no longer: only its place is left. */
    public MessagePreview withoutContent() {
        return new MessagePreview(id, seq, version, senderId, type, "", createdAt, true);
    }

    /** Never within a pair of surrogates, of which half is no text. */
    private static String cut(String content) {
        if (content.length() <= MAX_LENGTH) {
            return content;
        }
        int end = Character.isHighSurrogate(content.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return content.substring(0, end);
    }
}
