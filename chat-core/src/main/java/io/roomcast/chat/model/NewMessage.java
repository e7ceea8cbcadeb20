package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message for host code to send. Immutable.
 *
 * <pre>{@code
 * NewMessage.text("ann", "Lunch?").withMentions(List.of("bob")).withExpiry(Duration.ofHours(2))
 * }</pre>
 *
 * @param senderId the sender's id; {@value #SYSTEM_SENDER} for the host itself
 * @param body what the message contains; the text may be empty only with an attachment
 * @param clientMessageId the idempotency key, which makes a retry safe, or null for none
 * @param expiresIn the time after which the message expires, from 5 s to 365 days, or null if it does not
 * @param ifLatestSeq the sequence number after which the message must be the very next, or null for any
 */
public record NewMessage(
        String senderId,
        MessageBody body,
        @Nullable String clientMessageId,
        @Nullable Duration expiresIn,
        @Nullable Long ifLatestSeq) {
    /** The sender id of the host's own messages: {@value}. */
    public static final String SYSTEM_SENDER = "system";

    /** Rejects null for required components. */
    public NewMessage {
        requireNonNull(senderId, "senderId");
        requireNonNull(body, "body");
    }

    /** Creates a message with text and an optional attachment. */
    public NewMessage(
            String senderId,
            MessageType type,
            String content,
            @Nullable Attachment attachment,
            @Nullable String clientMessageId) {
        this(senderId, MessageBody.of(type, content, attachment), clientMessageId, null, null);
    }

    /** Returns a text message of the host itself. */
    public static NewMessage system(String content) {
        return of(SYSTEM_SENDER, MessageBody.of(MessageType.SYSTEM, content, null));
    }

    /** Returns a text message of a user. */
    public static NewMessage text(String senderId, String content) {
        return of(senderId, MessageBody.text(content));
    }

    /** Returns a message of a user. */
    public static NewMessage of(String senderId, MessageBody body) {
        return new NewMessage(senderId, body, null, null, null);
    }

    /** Returns the type of the content. */
    public MessageType type() {
        return body.type();
    }

    /** Returns the text. */
    public String content() {
        return body.content();
    }

    /** Returns a copy with an idempotency key. Sending it again with the same key does not store a second message. */
    public NewMessage withClientMessageId(String clientMessageId) {
        return new NewMessage(
                senderId, body, requireNonNull(clientMessageId, "clientMessageId"), expiresIn, ifLatestSeq);
    }

    /** Returns a copy that replies to a message of the same conversation. */
    public NewMessage withReplyTo(String messageId) {
        return withBody(body.withReplyTo(messageId));
    }

    /** Returns a copy that mentions users, at most {@value FixedLimits#MENTIONS}. */
    public NewMessage withMentions(List<String> userIds) {
        return withBody(body.withMentions(userIds));
    }

    /** Returns a copy with metadata, a JSON object as text. */
    public NewMessage withMetadata(String metadata) {
        return withBody(body.edited(body.content(), requireNonNull(metadata, "metadata")));
    }

    /** Returns a copy with attached files, at most {@value FixedLimits#ATTACHMENTS}. */
    public NewMessage withAttachments(List<Attachment> attachments) {
        return withBody(body.withAttachments(attachments));
    }

    private NewMessage withBody(MessageBody newBody) {
        return new NewMessage(senderId, newBody, clientMessageId, expiresIn, ifLatestSeq);
    }

    /** Returns a copy that expires after a time, from 5 s to 365 days. */
    public NewMessage withExpiry(Duration expiresIn) {
        return new NewMessage(senderId, body, clientMessageId, requireNonNull(expiresIn, "expiresIn"), ifLatestSeq);
    }

    /**
     * Returns a copy that is stored only as the very next message after a sequence number, 0 for the first one. Otherwise
     * sending it fails with {@link ErrorCode#CONFLICT}, and {@link ChatException#latestSeq()} states the newest one.
     */
    public NewMessage ifLatest(long seq) {
        return new NewMessage(senderId, body, clientMessageId, expiresIn, seq);
    }
}
