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
        return new Document(DocumentFields.SEQ, preview.seq())
                .append(DocumentFields.VERSION, preview.version())
                .append(DocumentFields.DELETED, preview.deleted())
                .append(DocumentFields.ID, preview.id())
                .append(DocumentFields.SENDER_ID, preview.senderId())
                .append(DocumentFields.TYPE, preview.type().wireName())
                .append(DocumentFields.CONTENT, preview.content())
                .append(DocumentFields.CREATED_AT, Date.from(preview.createdAt()));
    }

    /** What stands there until something is said, so that lists have one field to sort by. */
    static Document none(Date createdAt) {
        return new Document(DocumentFields.SEQ, 0L).append(DocumentFields.CREATED_AT, createdAt);
    }

    /** The newest place that the conversation's document tells of. */
    static long seq(Document conversation) {
        Document last = conversation.get(DocumentFields.LAST, Document.class);
        return last == null ? 0 : Documents.whole(last, DocumentFields.SEQ);
    }

    static @Nullable MessagePreview read(Document conversation) {
        return seq(conversation) == 0 ? null : readLast(conversation.get(DocumentFields.LAST, Document.class));
    }

    private static MessagePreview readLast(Document last) {
        return new MessagePreview(
                last.getString(DocumentFields.ID),
                Documents.whole(last, DocumentFields.SEQ),
                Documents.whole(last, DocumentFields.VERSION),
                last.getString(DocumentFields.SENDER_ID),
                MessageType.ofWireName(last.getString(DocumentFields.TYPE)).orElse(MessageType.TEXT),
                last.getString(DocumentFields.CONTENT),
                Documents.instant(last, DocumentFields.CREATED_AT),
                last.getBoolean(DocumentFields.DELETED, false));
    }
}
