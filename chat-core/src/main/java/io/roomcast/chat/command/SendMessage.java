package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores a message and sends it to the room. An unknown conversation is created as an open one.
 *
 * @param conversationId the conversation
 * @param senderId the sender's id as the payload names it, or null if the principal is the sender
 * @param type the type of the content
 * @param content the text, or null for none
 * @param attachments the attached files, at most {@value io.roomcast.chat.model.FixedLimits#ATTACHMENTS}
 * @param clientMessageId the idempotency key, or null for none; a retry with the same key returns the stored message
 * @param replyTo the id of the message that this one replies to, or null
 * @param mentions the ids of the mentioned users; {@link io.roomcast.chat.model.MessageBody#MENTION_ALL} stands for all
 *     members, which only some roles may mention
 * @param metadata a JSON object as text, or null
 * @param expiresIn the time after which the message expires, from 5 s to 365 days, or null if it does not
 * @param ifLatestSeq the sequence number after which the message must be the very next, or null for any; otherwise the
 *     command fails with {@link io.roomcast.chat.model.ErrorCode#CONFLICT}, which states the newest one
 * @param customType what a message of the type {@link MessageType#CUSTOM} is, or null for all other types
 */
public record SendMessage(
        String conversationId,
        @Nullable String senderId,
        MessageType type,
        @Nullable String content,
        List<Attachment> attachments,
        @Nullable String clientMessageId,
        @Nullable String replyTo,
        List<String> mentions,
        @Nullable String metadata,
        @Nullable Duration expiresIn,
        @Nullable Long ifLatestSeq,
        @Nullable String customType)
        implements Command<SendMessage.Sent> {
    /** Copies the lists. */
    public SendMessage {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(type, "type");
        attachments = Checks.list(attachments, "attachments");
        mentions = Checks.list(mentions, "mentions");
    }

    /** Sends text in the name of the principal. */
    public static SendMessage text(String conversationId, String content) {
        return of(conversationId, null, MessageType.TEXT, requireNonNull(content, "content"), null, null);
    }

    /** Returns a copy that names its sender, for use by the host or an anonymous client. */
    public SendMessage from(String senderId) {
        return with(requireNonNull(senderId, "senderId"), attachments, clientMessageId);
    }

    /** Returns a copy with an idempotency key, which makes a retry safe. */
    public SendMessage withClientMessageId(String clientMessageId) {
        return with(senderId, attachments, requireNonNull(clientMessageId, "clientMessageId"));
    }

    /** Returns a copy with other attachments. */
    public SendMessage withAttachments(List<Attachment> attachments) {
        return with(senderId, attachments, clientMessageId);
    }

    private SendMessage with(
            @Nullable String senderId, List<Attachment> attachments, @Nullable String clientMessageId) {
        return new SendMessage(
                conversationId,
                senderId,
                type,
                content,
                attachments,
                clientMessageId,
                replyTo,
                mentions,
                metadata,
                expiresIn,
                ifLatestSeq,
                customType);
    }

    /** Returns a command with text and an optional attachment, and with neither a reply, mentions nor metadata. */
    public static SendMessage of(
            String conversationId,
            @Nullable String senderId,
            MessageType type,
            @Nullable String content,
            @Nullable Attachment attachment,
            @Nullable String clientMessageId) {
        List<Attachment> attachments = attachment == null ? List.of() : List.of(attachment);
        return new SendMessage(
                conversationId,
                senderId,
                type,
                content,
                attachments,
                clientMessageId,
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.SEND);
    }

    @Override
    public Optional<Permission> permission() {
        return Optional.of(attachments.isEmpty() ? Permission.SEND : Permission.SEND_FILE);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.MESSAGES);
    }

    @Override
    public Optional<Claim> claim() {
        return Optional.of(new Claim("senderId", senderId));
    }

    /**
     * The message is stored.
     *
     * @param message the stored message
     * @param duplicate whether the same sender stored it before under the same key; then it is not sent again
     */
    public record Sent(Message message, boolean duplicate) {
        /** Rejects null. */
        public Sent {
            requireNonNull(message, "message");
        }
    }
}
