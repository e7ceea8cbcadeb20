package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that has no sequence number yet; the store assigns it. Immutable.
 *
 * @param id the message's globally unique id
 * @param conversationId the conversation to append to
 * @param senderId the sender's id
 * @param clientMessageId the idempotency key, unique for the conversation and sender; never empty
 * @param body the part that the author wrote
 * @param createdAt when the server accepted it, in whole milliseconds
 */
public record MessageDraft(
        String id,
        String conversationId,
        String senderId,
        String clientMessageId,
        MessageBody body,
        Instant createdAt) {
    /** Rejects null. */
    public MessageDraft {
        requireNonNull(id, "id");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(senderId, "senderId");
        requireNonNull(clientMessageId, "clientMessageId");
        requireNonNull(body, "body");
        requireNonNull(createdAt, "createdAt");
    }

    /** Returns the text. */
    public String content() {
        return body.content();
    }

    /** Returns the first attached file, or null if there is none. */
    public @Nullable Attachment attachment() {
        return body.attachment();
    }

    /** Returns a draft with another body, for use by an interceptor. */
    public MessageDraft withBody(MessageBody newBody) {
        return new MessageDraft(
                id, conversationId, senderId, clientMessageId, requireNonNull(newBody, "newBody"), createdAt);
    }

    /** Returns the message with the given sequence number. */
    public Message at(long seq) {
        return Message.of(this, seq);
    }
}
