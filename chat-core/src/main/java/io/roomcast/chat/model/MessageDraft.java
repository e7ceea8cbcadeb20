package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is complete but for its place in the conversation, which the store gives it. Immutable.
 *
 * @param id the message's id, unique everywhere
 * @param conversationId where it is to be appended
 * @param senderId who sends it
 * @param clientMessageId the idempotency key, unique for conversation and sender; never empty
 * @param body what the author put into it
 * @param createdAt when it was accepted, in whole milliseconds
 */
public record MessageDraft(
        String id,
        String conversationId,
        String senderId,
        String clientMessageId,
        MessageBody body,
        Instant createdAt) {
    /** Checks that nothing is null. */
    public MessageDraft {
        requireNonNull(id, "id");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(senderId, "senderId");
        requireNonNull(clientMessageId, "clientMessageId");
        requireNonNull(body, "body");
        requireNonNull(createdAt, "createdAt");
    }

    /** The words. */
    public String content() {
        return body.content();
    }

    /** The file it points at, or null. */
    public @Nullable Attachment attachment() {
        return body.attachment();
    }

    /** The same with another body, as an interceptor may want it. */
    public MessageDraft withBody(MessageBody newBody) {
        return new MessageDraft(
                id, conversationId, senderId, clientMessageId, requireNonNull(newBody, "newBody"), createdAt);
    }

    /** The message that this draft becomes at the given place. */
    public Message at(long seq) {
        return new Message(
                id, conversationId, seq, 0, senderId, clientMessageId, body, createdAt, null, null, List.of());
    }
}
