package io.roomcast.examples.chatserver;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes expired messages, changes, devices and push notifications from the embedded database, which does not do so by itself. MongoDB does, an hour
 * after the time in {@code expiresAt}. Works once a minute, a limited number of documents at a time, on a thread of its
 * own.
 */
final class ExpiredDocuments implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExpiredDocuments.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** As the store's indexes require, so that no sequence number is assigned again. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final int STEP = 500;
    private static final int MAX_STEPS = 20;
    private static final Document ID_ONLY = new Document("_id", 1);

    private final ScheduledExecutorService timer;

    private ExpiredDocuments(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Starts to remove documents.
     *
     * @param uri the connection string of the embedded database, with its name
     */
    static ExpiredDocuments removedFrom(String uri) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "chat-server-expiry");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> remove(uri, Instant.now()), INTERVAL.toNanos(), INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        return new ExpiredDocuments(timer);
    }

    /** Removes some of the documents that may be removed at the given time. Logs a failure. */
    static void remove(String uri, Instant now) {
        try (MongoClient client = MongoClients.create(uri)) {
            for (String collection : List.of("messages", "changes", "devices", "pushes")) {
                remove(client.getDatabase("chat").getCollection(collection), now);
            }
        } catch (MongoException failure) {
            log.debug("Could not remove expired documents, will try again", failure);
        }
    }

    private static void remove(MongoCollection<Document> documents, Instant now) {
        Document expired = new Document("expiresAt", new Document("$lte", Date.from(now.minus(KEPT))));
        List<Object> ids = next(documents, expired);
        for (int step = 0; !ids.isEmpty() && step < MAX_STEPS; step++) {
            documents.deleteMany(new Document("_id", new Document("$in", ids)));
            ids = ids.size() < STEP ? List.of() : next(documents, expired);
        }
    }

    private static List<Object> next(MongoCollection<Document> documents, Document expired) {
        return documents
                .find(expired)
                .projection(ID_ONLY)
                .limit(STEP)
                .map(document -> document.get("_id"))
                .into(new ArrayList<>());
    }

    /** Stops. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
