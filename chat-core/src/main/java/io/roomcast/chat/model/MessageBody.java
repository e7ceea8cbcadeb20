package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a message that its author writes. Immutable.
 *
 * @param type the type of the content
 * @param content the text; empty in a deleted message, and in a message whose attachment needs no text
 * @param attachment the attached file, or null
 * @param replyTo the id of the message in the same conversation that this one replies to, or null
 * @param mentions the ids of the mentioned users without repeats; {@value #MENTION_ALL} stands for all members
 * @param metadata a JSON object as text that the chat stores and does not read, or null
 */
public record MessageBody(
        MessageType type,
        String content,
        @Nullable Attachment attachment,
        @Nullable String replyTo,
        List<String> mentions,
        @Nullable String metadata) {
    /** The entry of {@link #mentions} that mentions all members: {@value}. */
    public static final String MENTION_ALL = "@all";

    /** Copies the mentions and drops repeats. */
    public MessageBody {
        requireNonNull(type, "type");
        requireNonNull(content, "content");
        List<String> known = Checks.list(mentions, "mentions");
        mentions = known.isEmpty() ? known : known.stream().distinct().toList();
    }

    /** Returns a body with text and an optional attachment. */
    public static MessageBody of(MessageType type, String content, @Nullable Attachment attachment) {
        return new MessageBody(type, content, attachment, null, List.of(), null);
    }

    /** Returns a body with text only. */
    public static MessageBody text(String content) {
        return of(MessageType.TEXT, content, null);
    }

    /** Returns this body with other content and metadata. */
    MessageBody edited(String newContent, @Nullable String newMetadata) {
        return new MessageBody(type, newContent, attachment, replyTo, mentions, newMetadata);
    }

    /** Returns this body without mentions of the user. */
    MessageBody withoutMention(String userId) {
        List<String> others =
                mentions.stream().filter(other -> !other.equals(userId)).toList();
        return new MessageBody(type, content, attachment, replyTo, others, metadata);
    }

    /** Returns the body of a deleted message: the type remains. */
    MessageBody erased() {
        return of(type, "", null);
    }
}
