package io.roomcast.chat.mongo;

import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.MessageType;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Converts the preview of a conversation's newest message to and from the field {@code last} of its document. */
final class PreviewFields {
    private PreviewFields() {}

    /**
     * Returns the preview as a document for {@code $max}.
     *
     * <p>The server compares the fields in this order. So a newer message wins; for one message, the later change; and
     * for one change, the state without content.
     */
    static Document write(MessagePreview preview) {
        Document last = new Document(DocumentFields.SEQ, preview.seq())
                .append(DocumentFields.VERSION, preview.version())
                .append(DocumentFields.DELETED, preview.deleted())
                .append(DocumentFields.ID, preview.id())
                .append(DocumentFields.SENDER_ID, preview.senderId())
                .append(DocumentFields.TYPE, preview.type().wireName())
                .append(DocumentFields.CONTENT, preview.content())
                .append(DocumentFields.CREATED_AT, Date.from(preview.createdAt()));
        if (preview.expiresAt() != null) {
            last.append(DocumentFields.EXPIRES_AT, Date.from(preview.expiresAt()));
        }
        return last;
    }

    /** Returns the value for a conversation without messages, so that lists can sort by one field. */
    static Document empty(Date createdAt) {
        return new Document(DocumentFields.SEQ, 0L).append(DocumentFields.CREATED_AT, createdAt);
    }

    /** Returns the highest sequence number that the conversation's document records; 0 if none. */
    static long seq(Document conversation) {
        Document last = conversation.get(DocumentFields.LAST, Document.class);
        return last == null ? 0 : Documents.whole(last, DocumentFields.SEQ);
    }

    /** Returns the preview in the conversation's document; null if the conversation has no messages. */
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
                last.getBoolean(DocumentFields.DELETED, false),
                last.containsKey(DocumentFields.EXPIRES_AT)
                        ? Documents.instant(last, DocumentFields.EXPIRES_AT)
                        : null);
    }
}
