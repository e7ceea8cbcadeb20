package io.roomcast.chat.mongo;

import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.MessageType;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A conversation's newest message as the conversation's own document has it. */
final class PreviewFields {
    private PreviewFields() {}

    /**
     * The fields of which {@code $max} keeps the later state: the server compares them one after another, so the newer
     * message wins, of one message the later change, and of one change the state without the words.
     */
    static Document write(MessagePreview preview) {
        return new Document(Fields.SEQ, preview.seq())
                .append(Fields.VERSION, preview.version())
                .append(Fields.DELETED, preview.deleted())
                .append(Fields.ID, preview.id())
                .append(Fields.SENDER_ID, preview.senderId())
                .append(Fields.TYPE, preview.type().wireName())
                .append(Fields.CONTENT, preview.content())
                .append(Fields.CREATED_AT, Date.from(preview.createdAt()));
    }

    /** What stands there until something is said, so that lists have one field to sort by. */
    static Document none(Date createdAt) {
        return new Document(Fields.SEQ, 0L).append(Fields.CREATED_AT, createdAt);
    }

    /** The newest place that the conversation's document tells of. */
    static long seq(Document conversation) {
        Document last = conversation.get(Fields.LAST, Document.class);
        return last == null ? 0 : Documents.whole(last, Fields.SEQ);
    }

    static @Nullable MessagePreview read(Document conversation) {
        return seq(conversation) == 0 ? null : readLast(conversation.get(Fields.LAST, Document.class));
    }

    private static MessagePreview readLast(Document last) {
        return new MessagePreview(
                last.getString(Fields.ID),
                Documents.whole(last, Fields.SEQ),
                Documents.whole(last, Fields.VERSION),
                last.getString(Fields.SENDER_ID),
                MessageType.ofWireName(last.getString(Fields.TYPE)).orElse(MessageType.TEXT),
                last.getString(Fields.CONTENT),
                Documents.instant(last, Fields.CREATED_AT),
                last.getBoolean(Fields.DELETED, false));
    }
}
