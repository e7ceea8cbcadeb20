package io.roomcast.chat.mongo;

import com.mongodb.MongoServerException;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates missing indexes. Other nodes and the host's own programs can read and write meanwhile.
 *
 * <p>A build on a large collection takes long. It has no time limit, whatever the client's settings, and logs its
 * progress. For one thread.
 */
final class IndexBuild {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);
    private static final long LARGE = 10_000;
    private static final int UNAUTHORIZED = 13;
    private static final int DUPLICATE_KEY = 11000;

    private final ChatDatabase database;
    private final MongoDatabase admin;
    private final Duration progressInterval;

    /**
     * Creates a build that has not started.
     *
     * @param admin the server's database {@code admin}, which is asked for the progress
     */
    IndexBuild(ChatDatabase database, MongoDatabase admin) {
        this(database, admin, PROGRESS_INTERVAL);
    }

    IndexBuild(ChatDatabase database, MongoDatabase admin, Duration progressInterval) {
        this.database = database;
        this.admin = admin;
        this.progressInterval = progressInterval;
    }

    /**
     * Creates missing indexes, one collection after the other, and returns once they exist.
     *
     * @throws IllegalStateException if it cannot; the message states what an administrator can do
     */
    void run() {
        Indexes.missing(database).stream()
                .collect(Collectors.groupingBy(RequiredIndex::collection))
                .forEach(this::build);
    }

    private void build(String collection, List<RequiredIndex> missing) {
        long startedNanos = System.nanoTime();
        String names = missing.stream().map(RequiredIndex::name).collect(Collectors.joining(", "));
        long documents = database.handle().getCollection(collection).estimatedDocumentCount();
        if (documents < LARGE) {
            create(collection, missing);
            return;
        }
        log.info(
                "Building the indexes {} of {}.{}, which holds {} documents",
                names,
                database.name(),
                collection,
                documents);
        PeriodicTask progress =
                PeriodicTask.every(progressInterval, () -> logProgress(collection, names, startedNanos));
        try {
            create(collection, missing);
        } finally {
            progress.close();
        }
        log.info("Built the indexes {} of {}.{} in {} s", names, database.name(), collection, seconds(startedNanos));
    }

    private void logProgress(String collection, String names, long startedNanos) {
        log.info(
                "Still building the indexes {} of {}.{} after {} s{}",
                names,
                database.name(),
                collection,
                seconds(startedNanos),
                IndexProgress.of(admin, collection));
    }

    private static long seconds(long startedNanos) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos);
    }

    private void create(String collection, List<RequiredIndex> missing) {
        // A limit of zero is none: the driver then waits as long as the server works.
        MongoDatabase patient = database.handle().withTimeout(0, TimeUnit.MILLISECONDS);
        try {
            Repeat.once(() -> patient.getCollection(collection, Document.class)
                    .createIndexes(missing.stream().map(RequiredIndex::model).toList()));
        } catch (MongoServerException refused) {
            throw refusal(collection, missing, refused);
        }
    }

    private RuntimeException refusal(String collection, List<RequiredIndex> missing, MongoServerException refused) {
        String name = database.name() + "." + collection;
        return switch (refused.getCode()) {
            case UNAUTHORIZED ->
                new IllegalStateException("the user of MongoDB may not create the indexes of " + name
                        + "; grant the action createIndex, or create them in the database " + database.name()
                        + " with: "
                        + missing.stream().map(RequiredIndex::command).collect(Collectors.joining("; ")));
            case DUPLICATE_KEY ->
                new IllegalStateException("the documents of " + name
                        + " contradict a unique index of the chat: two of them have the same values in its fields; the"
                        + " indexes to create are: "
                        + missing.stream().map(RequiredIndex::described).collect(Collectors.joining("; ")));
            default -> refused;
        };
    }
}
