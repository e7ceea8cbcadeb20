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
 * @param expiresAt when it expires, in whole milliseconds, or null if it does not
 * @param ifLatestSeq the sequence number after which the message must be the very next, or null for any
 */
public record MessageDraft(
        String id,
        String conversationId,
        String senderId,
        String clientMessageId,
        MessageBody body,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Long ifLatestSeq) {
    /** Rejects null for required components. */
    public MessageDraft {
        requireNonNull(id, "id");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(senderId, "senderId");
        requireNonNull(clientMessageId, "clientMessageId");
        requireNonNull(body, "body");
        requireNonNull(createdAt, "createdAt");
    }

    /** Creates a draft that does not expire and is stored in any case. */
    public MessageDraft(
            String id,
            String conversationId,
            String senderId,
            String clientMessageId,
            MessageBody body,
            Instant createdAt) {
        this(id, conversationId, senderId, clientMessageId, body, createdAt, null, null);
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
                id,
                conversationId,
                senderId,
                clientMessageId,
                requireNonNull(newBody, "newBody"),
                createdAt,
                expiresAt,
                ifLatestSeq);
    }

    /** Returns a draft that expires at the given time, in whole milliseconds, or earlier if it did before. */
    public MessageDraft expiringBy(Instant latest) {
        requireNonNull(latest, "latest");
        return expiresAt != null && expiresAt.isBefore(latest) ? this : expiringAt(latest);
    }

    /** Returns a draft that expires at the given time, in whole milliseconds, whether it did before or not. */
    public MessageDraft expiringAt(Instant time) {
        return new MessageDraft(
                id,
                conversationId,
                senderId,
                clientMessageId,
                body,
                createdAt,
                requireNonNull(time, "time"),
                ifLatestSeq);
    }

    /** Returns a draft that is stored only as the very next message after a sequence number. */
    public MessageDraft ifLatest(long seq) {
        return new MessageDraft(id, conversationId, senderId, clientMessageId, body, createdAt, expiresAt, seq);
    }

    /** Returns whether the message may follow the one with this sequence number, 0 for none. */
    public boolean mayFollow(long seq) {
        return ifLatestSeq == null || ifLatestSeq == seq;
    }

    /** Returns the message with the given sequence number. */
    public Message at(long seq) {
        return Message.of(this, seq);
    }
}
