package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.security.SecureRandom;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * Identifies a database, by values in {@code meta} that its first start creates. A recreated database has others.
 *
 * @param epoch an id; positions of another epoch are meaningless
 * @param clusterKey the key with which nodes sign their frames, 32 random bytes
 */
record DatabaseIdentity(String epoch, Binary clusterKey) {
    private static final int KEY_BYTES = 32;
    private static final String VALUE = "value";

    /** Returns the identity, and creates what is missing. */
    static DatabaseIdentity of(MongoCollection<Document> meta) {
        String epoch = valueOf(meta, "epoch", UUID.randomUUID().toString(), "text");
        Binary key = valueOf(meta, "clusterKey", new Binary(randomBytes()), "binary");
        if (key.length() != KEY_BYTES) {
            throw new IllegalStateException("the document clusterKey in " + meta.getNamespace() + " has " + key.length()
                    + " bytes (expected: " + KEY_BYTES + "); delete it, and restart all nodes");
        }
        return new DatabaseIdentity(epoch, key);
    }

    private static byte[] randomBytes() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static <T> T valueOf(MongoCollection<Document> meta, String id, T created, String type) {
        try {
            return readOrCreate(meta, id, created, type);
        } catch (MongoException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            // Two nodes started on a new database at the same time; the other node's value exists now.
            return readOrCreate(meta, id, created, type);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T readOrCreate(MongoCollection<Document> meta, String id, T created, String type) {
        Document stored = meta.findOneAndUpdate(
                new Document(DocumentFields.ID, id),
                new Document("$setOnInsert", new Document(VALUE, created)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        Object value = requireNonNull(stored).get(VALUE);
        if (created.getClass().isInstance(value)) {
            return (T) value;
        }
        throw new IllegalStateException("the document " + id + " in " + meta.getNamespace() + " has no " + type
                + " value; give the chat a database of its own");
    }

    /** Returns text without the key. */
    @Override
    public String toString() {
        return epoch;
    }
}
