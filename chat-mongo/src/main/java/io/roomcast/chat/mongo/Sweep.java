package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;

/**
 * Processes all documents that match a filter, in steps of bounded size.
 *
 * <p>Each step changes or removes its documents so that the filter no longer matches them. The data are thus their own
 * record of progress, and an interrupted sweep can resume. Safe for use by several threads.
 */
final class Sweep {
    /** The maximum number of documents that one command reads or writes. */
    static final int STEP = 200;

    private final MongoCollection<BsonDocument> documents;

    Sweep(MongoCollection<?> documents) {
        this.documents = documents.withDocumentClass(BsonDocument.class);
    }

    /**
     * Runs the step for batch after batch until no document matches.
     *
     * @param wanted the filter, which an index must serve
     * @param fields the fields that the step needs besides the id
     * @throws MongoException if a step leaves its documents as they were
     */
    void run(Document wanted, List<String> fields, Consumer<List<BsonDocument>> step) {
        List<BsonValue> before = List.of();
        List<BsonDocument> batch = next(wanted, fields);
        while (!batch.isEmpty()) {
            List<BsonValue> ids = ids(batch);
            if (ids.equals(before)) {
                throw new MongoException("cannot change document " + ids.get(0) + " of " + documents.getNamespace());
            }
            step.accept(batch);
            before = ids;
            batch = batch.size() < STEP ? List.of() : next(wanted, fields);
        }
    }

    /** Does the same as {@link #run}, applying one update to all documents. */
    void update(Document wanted, Document change) {
        run(wanted, List.of(), batch -> documents.updateMany(among(batch), change));
    }

    /** Removes the documents. */
    void remove(Document wanted) {
        run(wanted, List.of(), batch -> documents.deleteMany(among(batch)));
    }

    /** Returns a filter that matches a batch by document id, which every server serves from an index. */
    static Document among(List<BsonDocument> batch) {
        return new Document(DocumentFields.ID, new Document("$in", ids(batch)));
    }

    /** Returns the ids of a batch, of any type. */
    private static List<BsonValue> ids(List<BsonDocument> batch) {
        return batch.stream()
                .map(document -> requireNonNull(document.get(DocumentFields.ID)))
                .toList();
    }

    private List<BsonDocument> next(Document wanted, List<String> fields) {
        Document projection = new Document(DocumentFields.ID, 1);
        fields.forEach(field -> projection.append(field, 1));
        return Reads.page(documents, wanted, STEP).projection(projection).into(new ArrayList<>(STEP));
    }
}
