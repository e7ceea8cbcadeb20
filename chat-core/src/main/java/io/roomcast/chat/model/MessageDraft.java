package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that is complete but for its place in the conversation, which the store gives it. Immutable.
 *
 * @param id the message's id, unique everywhere
 * @param conversationId where it is to be appended
 * @param senderId who sends it
 * @param clientMessageId the idempotency key, unique for conversation and sender; never empty
 * @param type what the content is
 * @param content the words; empty only where an attachment speaks for itself
 * @param attachment the file it points at, or null
 * @param createdAt when it was accepted, in whole milliseconds
 */
public record MessageDraft(
        String id,
        String conversationId,
        String senderId,
        String clientMessageId,
        MessageType type,
        String content,
        @Nullable Attachment attachment,
        Instant createdAt) {
    /** Checks that nothing required is null. */
    public MessageDraft {
        requireNonNull(id, "id");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(senderId, "senderId");
        requireNonNull(clientMessageId, "clientMessageId");
        requireNonNull(type, "type");
        requireNonNull(content, "content");
        requireNonNull(createdAt, "createdAt");
    }

    /** The message that this draft becomes at the given place. */
    public Message at(long seq) {
        return new Message(id, conversationId, seq, 0, senderId, clientMessageId, type, content, attachment, createdAt);
    }
}
