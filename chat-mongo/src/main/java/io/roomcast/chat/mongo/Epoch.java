package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.util.UUID;
import org.bson.Document;

/**
 * Reads the epoch, an id of the database that its first start creates. A recreated database has another epoch, which
 * makes older positions meaningless.
 */
final class Epoch {
    private static final Document FILTER = new Document(DocumentFields.ID, "epoch");
    private static final String VALUE = "value";

    private Epoch() {}

    /** Returns the epoch, and creates it if there is none. */
    static String of(MongoCollection<Document> meta) {
        try {
            return readOrCreate(meta);
        } catch (MongoException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            // Two nodes started on a new database at the same time; the other node's epoch exists now.
            return readOrCreate(meta);
        }
    }

    private static String readOrCreate(MongoCollection<Document> meta) {
        Document created = new Document(VALUE, UUID.randomUUID().toString());
        Document stored = meta.findOneAndUpdate(
                FILTER,
                new Document("$setOnInsert", created),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        if (requireNonNull(stored).get(VALUE) instanceof String epoch) {
            return epoch;
        }
        throw new IllegalStateException("the document epoch in " + meta.getNamespace()
                + " has no text value; give the chat a database of its own");
    }
}
