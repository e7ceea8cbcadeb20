package io.roomcast.chat.mongo;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Queries that the server ends by itself after some time, and answers in one reply where their number is bounded. */
final class Reads {
    /** How long the server works on one query at most. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    // A reply holds at most 16 MB, whatever the number.
    private static final int IN_ONE_REPLY = 10_000;

    private Reads() {}

    /** The documents that match the filter, which an index must serve. */
    static <D> FindIterable<D> find(MongoCollection<D> documents, Document wanted) {
        return documents
                .find(wanted)
                .maxTime(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .batchSize(IN_ONE_REPLY);
    }

    /** As {@link #find}, so many of them at most. */
    static <D> FindIterable<D> page(MongoCollection<D> documents, Document wanted, int limit) {
        return find(documents, wanted).limit(limit).batchSize(limit);
    }
}
