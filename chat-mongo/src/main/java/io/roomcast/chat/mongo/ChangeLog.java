package io.roomcast.chat.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The log of changes: one row for each edit, deletion and reaction, with the conversation's next version. Safe for use by
 * several threads; every method blocks.
 *
 * <p>A row has no expiry time while it is the newest of its conversation, because its change may be incomplete. The next
 * change gives it one, {@link #RETENTION} later, and is inserted only after this change is complete. So the version of a
 * change that a crash interrupted is never used again, however long the conversation is left unchanged.
 */
final class ChangeLog {
    /** The time for which a row is kept after the next change. */
    static final Duration RETENTION = Duration.ofDays(30);

    /** A row without the change itself: the version, and the sequence number of the changed message. */
    record Entry(String conversationId, long version, long seq) {}

    private static final Document ENTRY_FIELDS = new Document(DocumentFields.CONVERSATION_ID, 1)
            .append(DocumentFields.VERSION, 1)
            .append(DocumentFields.SEQ, 1);

    private final DocumentReader<Document> reader = new DocumentReader<>("changes");
    private final MongoCollection<Document> changes;
    private final Clock clock;

    ChangeLog(MongoCollection<Document> changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Inserts a row unless its version is taken, and lets the previous row expire. Sends one command: an upsert inserts
     * as well as an insert does, and can share a command with the other update.
     *
     * @param row the row; the change with the previous version must be complete
     * @param seq the sequence number of the message to change
     * @return false if another row has the version
     */
    boolean insert(ChangeRow row, long seq) {
        try {
            return !changes.bulkWrite(List.of(expiringPrevious(row), inserting(row, seq)))
                    .getUpserts()
                    .isEmpty();
        } catch (MongoBulkWriteException failure) {
            if (!Failures.areDuplicateKeysOnly(failure)) {
                throw failure;
            }
            return false;
        }
    }

    private UpdateOneModel<Document> expiringPrevious(ChangeRow row) {
        Date expiresAt = Date.from(clock.instant().plus(RETENTION));
        return new UpdateOneModel<>(
                withVersion(row.conversationId(), row.version() - 1),
                new Document("$set", new Document(DocumentFields.EXPIRES_AT, expiresAt)));
    }

    private static UpdateOneModel<Document> inserting(ChangeRow row, long seq) {
        return new UpdateOneModel<>(
                withVersion(row.conversationId(), row.version()),
                new Document("$setOnInsert", row.write(seq)),
                new UpdateOptions().upsert(true));
    }

    /**
     * Returns the row with the version. A malformed row is returned as one that changes nothing.
     *
     * @throws MongoException if a newer release wrote a change of a type that this one cannot complete
     */
    Optional<ChangeRow> at(String conversationId, long version) {
        @Nullable
        Document row = Reads.find(changes, withVersion(conversationId, version)).first();
        if (row == null) {
            return Optional.empty();
        }
        if (ChangeOp.isUnknown(row)) {
            throw new MongoException(
                    "change " + row.get(DocumentFields.ID) + " is of a type that only a newer release can complete");
        }
        return Optional.of(reader.read(row, ChangeRow::read).orElseGet(() -> ChangeRow.empty(conversationId, version)));
    }

    /** Returns the row with the id. */
    Optional<ChangeRow> withId(String conversationId, ObjectId id) {
        Document wanted = new Document(DocumentFields.ID, id).append(DocumentFields.CONVERSATION_ID, conversationId);
        return reader.read(Reads.find(changes, wanted).first(), ChangeRow::read);
    }

    /** Removes the content of an edit from its row, so that a later deletion of the message leaves no copy. */
    void removeContent(ChangeRow row) {
        Document content = new Document();
        ChangeOp.contentFields().forEach(field -> content.append(field, ""));
        changes.updateOne(withVersion(row.conversationId(), row.version()), new Document("$unset", content));
    }

    /** Returns the rows within any of the version ranges, in no particular order, without those that have expired. */
    List<Entry> within(List<SeqRange> versions) {
        return versions.isEmpty()
                ? List.of()
                : reader.all(
                        Reads.find(changes, SeqRange.anyOf(versions, DocumentFields.VERSION))
                                .projection(ENTRY_FIELDS),
                        ChangeLog::entry);
    }

    private static Entry entry(Document row) {
        return new Entry(
                DocumentReader.text(row, DocumentFields.CONVERSATION_ID),
                Documents.whole(row, DocumentFields.VERSION),
                Documents.whole(row, DocumentFields.SEQ));
    }

    private static Document withVersion(String conversationId, long version) {
        return new Document(DocumentFields.CONVERSATION_ID, conversationId).append(DocumentFields.VERSION, version);
    }
}
