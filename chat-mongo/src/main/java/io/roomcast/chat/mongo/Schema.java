package io.roomcast.chat.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import io.roomcast.chat.mongo.Lease.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of the stored documents, in {@code meta}: {@code {_id: "schema", version, minReader}}.
 *
 * <p>A release refuses a database whose {@code minReader} is higher than the version that the release knows. One node
 * migrates a database of an older version while other starting nodes wait. For one thread.
 */
final class Schema {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    /** The version of a database without a version document. */
    private static final long UNSTATED = 1;

    private static final Document ID = new Document(DocumentFields.ID, "schema");
    private static final String MIN_READER = "minReader";
    private static final Duration POLL = Duration.ofMillis(100);

    private final ChatDatabase database;
    private final Clock clock;
    private final List<Migration> migrations;
    private boolean waitingLogged;

    /**
     * Creates a check that has not started.
     *
     * @param migrations what this release knows, the oldest first; at least one
     */
    Schema(ChatDatabase database, Clock clock, List<Migration> migrations) {
        this.database = database;
        this.clock = clock;
        this.migrations = List.copyOf(migrations);
    }

    private long known() {
        return migrations.get(migrations.size() - 1).version();
    }

    /**
     * Reads the version.
     *
     * @throws IllegalStateException if only a newer release can work on the database
     */
    void check() {
        @Nullable Document stored = stored();
        if (stored == null) {
            return;
        }
        long version = whole(stored, DocumentFields.VERSION);
        long minReader = whole(stored, MIN_READER);
        if (minReader > known()) {
            throw new IllegalStateException(
                    ("the database %s has schema version %d, which requires a release that knows"
                                    + " version %d or later (this one knows version %d); start a newer release, or use a backup"
                                    + " from before the upgrade")
                            .formatted(database.name(), version, minReader, known()));
        }
        if (version > known()) {
            log.info(
                    "The database {} was upgraded to schema version {} by a newer release; this one knows version {}"
                            + " and may use it",
                    database.name(),
                    version,
                    known());
        }
    }

    private @Nullable Document stored() {
        return database.meta().find(ID).first();
    }

    private long whole(Document stored, String field) {
        if (stored.get(field) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException(
                "the document schema in %s.meta has no number %s (expected: {version, minReader})"
                        .formatted(database.name(), field));
    }

    /** Migrates an older database, or waits until another node has done so. */
    void migrate() {
        while (version() < known()) {
            Lease lease = new Lease(database.meta(), clock);
            Optional<Progress> progress = lease.acquire();
            if (progress.isPresent()) {
                migrate(lease, progress.get());
            } else {
                awaitOther();
            }
        }
    }

    private long version() {
        @Nullable Document stored = stored();
        return stored == null ? UNSTATED : whole(stored, DocumentFields.VERSION);
    }

    private void migrate(Lease lease, Progress progress) {
        PeriodicTask renewal = PeriodicTask.every(Lease.DURATION.dividedBy(3), lease::renew);
        try {
            // Another node may have finished between the read of the version and the lease.
            long version = version();
            migrations.stream()
                    .filter(migration -> migration.version() > version)
                    .forEach(migration -> run(migration, lease, progress));
            lease.release();
        } finally {
            renewal.close();
        }
    }

    private void run(Migration migration, Lease lease, Progress progress) {
        boolean isResumed = progress.version() == migration.version();
        Optional<String> position = migration.step(isResumed ? progress.position() : "");
        while (position.isPresent()) {
            lease.advance(new Progress(migration.version(), position.get()));
            position = migration.step(position.get());
        }
        MongoCollection<Document> meta = database.meta();
        Document raised =
                new Document(DocumentFields.VERSION, migration.version()).append(MIN_READER, migration.minReader());
        Repeat.once(() -> meta.updateOne(ID, new Document("$max", raised), new UpdateOptions().upsert(true)));
        log.debug("The database {} has schema version {}", database.name(), migration.version());
    }

    private void awaitOther() {
        if (!waitingLogged) {
            waitingLogged = true;
            log.info("Another node migrates the database {}; this one starts afterwards", database.name());
        }
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another node migrates the database " + database.name());
        }
    }
}
