package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an author puts into a message. Immutable.
 *
 * @param type what the content is
 * @param content the words; empty only where an attachment speaks for itself, and in a deleted message
 * @param attachment the file it points at, or null
 * @param replyTo the id of the message of the same conversation that it answers, or null
 * @param mentions the users it names, each once; never null
 * @param metadata a JSON object as text, which the chat carries and does not read, or null
 */
public record MessageBody(
        MessageType type,
        String content,
        @Nullable Attachment attachment,
        @Nullable String replyTo,
        List<String> mentions,
        @Nullable String metadata) {
    /** Copies the mentions and drops repeats. */
    public MessageBody {
        requireNonNull(type, "type");
        requireNonNull(content, "content");
        List<String> known = Checks.list(mentions, "mentions");
        mentions = known.isEmpty() ? known : known.stream().distinct().toList();
    }

    /** Words, and a file or null, without anything else. */
    public static MessageBody of(MessageType type, String content, @Nullable Attachment attachment) {
        return new MessageBody(type, content, attachment, null, List.of(), null);
    }

    /** Words of a user. */
    public static MessageBody text(String content) {
        return of(MessageType.TEXT, content, null);
    }

    /** The same with other words and metadata, as after an edit. */
    MessageBody edited(String newContent, @Nullable String newMetadata) {
        return new MessageBody(type, newContent, attachment, replyTo, mentions, newMetadata);
    }

    /** The same without a mention of the user. */
    MessageBody withoutMention(String userId) {
        List<String> others =
                mentions.stream().filter(other -> !other.equals(userId)).toList();
        return new MessageBody(type, content, attachment, replyTo, others, metadata);
    }

    /** What is left once the author's part is gone. */
    MessageBody erased() {
        return of(type, "", null);
    }
}
