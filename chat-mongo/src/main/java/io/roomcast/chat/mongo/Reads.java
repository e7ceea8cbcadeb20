package io.roomcast.chat.mongo;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Runs queries with a server-side time limit. A query with a limit on its documents is answered in one reply. */
final class Reads {
    /** The server-side time limit of one query. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    // A reply holds at most 16 MB, whatever the number.
    private static final int IN_ONE_REPLY = 10_000;

    private Reads() {}

    /** Returns the documents that match the filter, which an index must serve. */
    static <D> FindIterable<D> find(MongoCollection<D> documents, Document wanted) {
        return documents
                .find(wanted)
                .maxTime(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .batchSize(IN_ONE_REPLY);
    }

    /** Does the same as {@link #find}, with a limit on the number of documents. */
    static <D> FindIterable<D> page(MongoCollection<D> documents, Document wanted, int limit) {
        return find(documents, wanted).limit(limit).batchSize(limit);
    }
}
