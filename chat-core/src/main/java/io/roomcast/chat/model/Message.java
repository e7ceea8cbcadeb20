package io.roomcast.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored message. Immutable.
 *
 * @param id the message's id, unique everywhere
 * @param conversationId the conversation it belongs to
 * @param seq its place there: 1, 2, 3, … with no gap and no reuse
 * @param version the change of the conversation that touched it last; 0 if nothing did
 * @param senderId who sent it
 * @param clientMessageId the idempotency key: the client's, or one that the server made
 * @param type what the content is
 * @param content the words; empty only where an attachment speaks for itself
 * @param attachment the file it points at, or null
 * @param createdAt when it was accepted, in whole milliseconds
 */
public record Message(
        String id,
        String conversationId,
        long seq,
        long version,
        String senderId,
        String clientMessageId,
        MessageType type,
        String content,
        @Nullable Attachment attachment,
        Instant createdAt) {}
