package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.mongo.Heads.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Converts the conversations' documents. */
final class ConversationFields {
    private ConversationFields() {}

    /** Returns the head that the document records. */
    static Head head(Document stored) {
        return new Head(PreviewFields.seq(stored), Documents.whole(stored, DocumentFields.VERSION), retention(stored));
    }

    private static @Nullable Duration retention(Document stored) {
        long seconds = Documents.whole(stored, DocumentFields.RETENTION_SECONDS);
        return seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    /** Returns the kind. */
    static ConversationKind kind(Document stored) {
        return EnumNames.constant(
                ConversationKind.values(), ConversationKind::wireName, stored.getString(DocumentFields.KIND));
    }

    /**
     * Returns the conversation.
     *
     * @param members the members to include
     * @param seq the highest known sequence number; the document may lag behind
     * @param now the current time; the preview of an expired message has no content
     */
    static Conversation read(Document stored, List<Member> members, long seq, Instant now) {
        Head head = head(stored).raisedTo(seq);
        String updated =
                stored.containsKey(DocumentFields.UPDATED_AT) ? DocumentFields.UPDATED_AT : DocumentFields.CREATED_AT;
        return new Conversation(
                stored.getString(DocumentFields.ID),
                kind(stored),
                stored.getString(DocumentFields.TITLE),
                members,
                stored.getString(DocumentFields.METADATA),
                head.retention(),
                Documents.instant(stored, DocumentFields.CREATED_AT),
                Documents.instant(stored, updated),
                new Position(head.seq(), head.version()),
                unexpired(PreviewFields.read(stored), head.retention(), now));
    }

    private static @Nullable MessagePreview unexpired(
            @Nullable MessagePreview last, @Nullable Duration retention, Instant now) {
        return last != null && (isPast(last.expiresAt(), now) || isPast(endOf(last, retention), now))
                ? last.withoutContent()
                : last;
    }

    /** Returns when the message expires, for a preview that an earlier release wrote without that time. */
    private static @Nullable Instant endOf(MessagePreview last, @Nullable Duration retention) {
        return retention == null ? null : last.createdAt().plus(retention);
    }

    private static boolean isPast(@Nullable Instant time, Instant now) {
        return time != null && !time.isAfter(now);
    }
}
