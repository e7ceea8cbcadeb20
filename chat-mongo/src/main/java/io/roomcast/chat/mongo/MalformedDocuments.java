package io.roomcast.chat.mongo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import org.bson.BsonInvalidOperationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs malformed documents of one collection, at most once a minute. Safe for use by several threads. */
final class MalformedDocuments {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);
    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final String collection;

    @GuardedBy("this")
    private boolean warned;

    @GuardedBy("this")
    private long warnedAtNanos;

    @GuardedBy("this")
    private long suppressed;

    MalformedDocuments(String collection) {
        this.collection = collection;
    }

    /** Logs that a document was skipped, or counts it for the next warning. */
    synchronized void recordSkipped(@Nullable Object id, RuntimeException failure) {
        long now = System.nanoTime();
        if (warned && now - warnedAtNanos < INTERVAL_NANOS) {
            suppressed++;
        } else {
            log.warn(
                    "Skipped document {} of the collection {}, which cannot be read ({}){}",
                    id,
                    collection,
                    reason(failure),
                    suppressed == 0 ? "" : "; skipped " + suppressed + " more since the last warning");
            warned = true;
            warnedAtNanos = now;
            suppressed = 0;
        }
    }

    /** Returns why a document cannot be read. Omits the text of most failures, which could quote the document. */
    static String reason(RuntimeException failure) {
        return failure instanceof BsonInvalidOperationException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
    }
}
