package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a message that its author writes. Immutable.
 *
 * @param type the type of the content
 * @param content the text; empty in a deleted message, and in a message whose attachments need no text
 * @param attachments the attached files in the order in which they are shown
 * @param replyTo the id of the message in the same conversation that this one replies to, or null
 * @param mentions the ids of the mentioned users without repeats; {@value #MENTION_ALL} stands for all members
 * @param metadata a JSON object as text that the chat stores and does not read, or null
 * @param customType what a message of the type {@link MessageType#CUSTOM} is, such as {@code poll}; null for all other
 *     types
 */
public record MessageBody(
        MessageType type,
        String content,
        List<Attachment> attachments,
        @Nullable String replyTo,
        List<String> mentions,
        @Nullable String metadata,
        @Nullable String customType) {
    /** The entry of {@link #mentions} that mentions all members: {@value}. */
    public static final String MENTION_ALL = "@all";

    /** Copies the lists, and drops repeated mentions. */
    public MessageBody {
        requireNonNull(type, "type");
        requireNonNull(content, "content");
        attachments = Checks.list(attachments, "attachments");
        List<String> known = Checks.list(mentions, "mentions");
        mentions = known.isEmpty() ? known : known.stream().distinct().toList();
    }

    /** Creates a body without a custom type. */
    public MessageBody(
            MessageType type,
            String content,
            List<Attachment> attachments,
            @Nullable String replyTo,
            List<String> mentions,
            @Nullable String metadata) {
        this(type, content, attachments, replyTo, mentions, metadata, null);
    }

    /** Returns a body with text and an optional attachment. */
    public static MessageBody of(MessageType type, String content, @Nullable Attachment attachment) {
        return new MessageBody(type, content, listOf(attachment), null, List.of(), null);
    }

    private static List<Attachment> listOf(@Nullable Attachment attachment) {
        return attachment == null ? List.of() : List.of(attachment);
    }

    /** Returns a body with text only. */
    public static MessageBody text(String content) {
        return of(MessageType.TEXT, content, null);
    }

    /**
     * Returns a body of a kind that the front ends define.
     *
     * @param customType what it is, such as {@code poll}: up to {@value FixedLimits#CUSTOM_TYPE_LENGTH} lower-case letters,
     *     digits, dots, hyphens and underscores
     * @param content the text for front ends that do not know this kind
     * @param metadata the content itself, a JSON object as text, or null for none
     */
    public static MessageBody custom(String customType, String content, @Nullable String metadata) {
        return new MessageBody(
                MessageType.CUSTOM,
                content,
                List.of(),
                null,
                List.of(),
                metadata,
                requireNonNull(customType, "customType"));
    }

    /** Returns the first attached file, or null if there is none. */
    public @Nullable Attachment attachment() {
        return attachments.isEmpty() ? null : attachments.get(0);
    }

    /** Returns the number of UTF-16 units of the content, the metadata, and the texts of the attachments. */
    public int textLength() {
        int length = content.length() + (metadata == null ? 0 : metadata.length());
        for (int i = 0; i < attachments.size(); i++) {
            length += attachments.get(i).textLength();
        }
        return length;
    }

    /** Returns this body with other content and metadata. */
    public MessageBody edited(String newContent, @Nullable String newMetadata) {
        return new MessageBody(
                type,
                requireNonNull(newContent, "newContent"),
                attachments,
                replyTo,
                mentions,
                newMetadata,
                customType);
    }

    /** Returns this body as a reply to a message of the same conversation. */
    public MessageBody withReplyTo(String messageId) {
        return new MessageBody(
                type, content, attachments, requireNonNull(messageId, "messageId"), mentions, metadata, customType);
    }

    /** Returns this body with other mentioned users. */
    public MessageBody withMentions(List<String> userIds) {
        return new MessageBody(
                type, content, attachments, replyTo, requireNonNull(userIds, "userIds"), metadata, customType);
    }

    /** Returns this body with other attached files. */
    public MessageBody withAttachments(List<Attachment> attachments) {
        return new MessageBody(
                type, content, requireNonNull(attachments, "attachments"), replyTo, mentions, metadata, customType);
    }

    /** Returns this body without mentions of the user. */
    MessageBody withoutMention(String userId) {
        List<String> others =
                mentions.stream().filter(other -> !other.equals(userId)).toList();
        return withMentions(others);
    }

    /** Returns the body of a deleted message: the type remains. */
    MessageBody erased() {
        return of(type, "", null);
    }
}
