package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.util.UUID;
import org.bson.Document;

/** The id of the database's life, made by whoever starts on it first. */
final class Epoch {
    private static final Document FILTER = new Document(DocumentFields.ID, "epoch");
    private static final String VALUE = "value";

    private Epoch() {}

    static String of(MongoCollection<Document> meta) {
        try {
            return readOrMake(meta);
        } catch (MongoException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            // Two first starts met; the other one's is there now.
            return readOrMake(meta);
        }
    }

    private static String readOrMake(MongoCollection<Document> meta) {
        Document fresh = new Document(VALUE, UUID.randomUUID().toString());
        Document stored = meta.findOneAndUpdate(
                FILTER,
                new Document("$setOnInsert", fresh),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        if (requireNonNull(stored).get(VALUE) instanceof String epoch) {
            return epoch;
        }
        throw new IllegalStateException("the document epoch in " + meta.getNamespace()
                + " has no text value; give the chat a database of its own");
    }
}
