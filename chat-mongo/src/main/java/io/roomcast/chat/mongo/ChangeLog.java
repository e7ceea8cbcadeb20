package io.roomcast.chat.mongo;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What was changed of messages, one row for each change, kept for some time. Safe for use by several threads; every
 * method blocks.
 */
final class ChangeLog {
    private static final Duration KEPT = Duration.ofDays(30);

    /** That a change took a place and touched a message. */
    record Touch(String conversationId, long version, long seq) {}

    private final DocumentReader<Document> reader = new DocumentReader<>("changes");
    private final MongoCollection<Document> changes;
    private final Clock clock;

    ChangeLog(MongoCollection<Document> changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Gives a change its place.
     *
     * @param seq the message's
     * @return false if the place is taken
     */
    boolean insert(ChangeRow row, long seq) {
        try {
            changes.insertOne(row.write(seq, clock.instant().plus(KEPT)));
            return true;
        } catch (MongoWriteException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            return false;
        }
    }

    /** Returns the row with the version. A row that cannot be read is returned as one that changes nothing. */
    Optional<ChangeRow> at(String conversationId, long version) {
        @Nullable
        Document row = Reads.find(changes, inConversation(conversationId).append(DocumentFields.VERSION, version))
                .first();
        return row == null
                ? Optional.empty()
                : Optional.of(
                        reader.read(row, ChangeRow::read).orElseGet(() -> ChangeRow.empty(conversationId, version)));
    }

    Optional<ChangeRow> withId(String conversationId, ObjectId id) {
        Document wanted = new Document(DocumentFields.ID, id).append(DocumentFields.CONVERSATION_ID, conversationId);
        return reader.read(Reads.find(changes, wanted).first(), ChangeRow::read);
    }

    /** Removes the words of an edit, so that a later deletion of the message leaves no copy. */
    void strip(ChangeRow row) {
        changes.updateOne(
                inConversation(row.conversationId()).append(DocumentFields.VERSION, row.version()),
                new Document("$unset", new Document(DocumentFields.CONTENT, "").append(DocumentFields.METADATA, "")));
    }

    /** What is kept of the sections, in no order. */
    List<Touch> within(List<SeqRange> sections) {
        if (sections.isEmpty()) {
            return List.of();
        }
        Document touches = new Document(DocumentFields.CONVERSATION_ID, 1)
                .append(DocumentFields.VERSION, 1)
                .append(DocumentFields.SEQ, 1);
        return reader.all(
                Reads.find(changes, SeqRange.anyOf(sections, DocumentFields.VERSION))
                        .projection(touches),
                ChangeLog::touch);
    }

    private static Touch touch(Document row) {
        return new Touch(
                DocumentReader.text(row, DocumentFields.CONVERSATION_ID),
                Documents.whole(row, DocumentFields.VERSION),
                Documents.whole(row, DocumentFields.SEQ));
    }

    private static Document inConversation(String conversationId) {
        return new Document(DocumentFields.CONVERSATION_ID, conversationId);
    }
}
