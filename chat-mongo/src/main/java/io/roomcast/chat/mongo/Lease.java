package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;

/**
 * An exclusive lease for migrating the database. Also stores the progress of the migration.
 *
 * <p>The owner renews the lease. If the owner dies, another node can take the lease after {@link #DURATION}. Safe for
 * use by several threads.
 */
final class Lease {
    static final Duration DURATION = Duration.ofSeconds(30);

    /** The progress of a migration: the version and the position within its steps. */
    record Progress(long version, String position) {}

    private static final Document ID = new Document(DocumentFields.ID, "migration");
    private static final String OWNER = "owner";
    private static final String UNTIL = "until";
    private static final String POSITION = "position";

    private final MongoCollection<Document> meta;
    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();

    Lease(MongoCollection<Document> meta, Clock clock) {
        this.meta = meta;
        this.clock = clock;
    }

    /** Acquires the lease unless another node holds it. Returns the progress that the previous owner stored. */
    Optional<Progress> acquire() {
        try {
            return Optional.of(progress(Repeat.once(this::take)));
        } catch (MongoException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            // A valid lease exists: another node's, or ours if only the reply was lost.
            return Optional.ofNullable(meta.find(ID).first())
                    .filter(lease -> owner.equals(lease.getString(OWNER)))
                    .map(Lease::progress);
        }
    }

    private Document take() {
        Document expired = new Document(ID).append(UNTIL, new Document("$lte", Date.from(clock.instant())));
        Document ours = new Document(OWNER, owner).append(UNTIL, until());
        return requireNonNull(meta.findOneAndUpdate(
                expired,
                new Document("$set", ours),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
    }

    private static Progress progress(Document lease) {
        String position = lease.get(POSITION) instanceof String text ? text : "";
        return new Progress(Documents.whole(lease, DocumentFields.VERSION), position);
    }

    private Date until() {
        return Date.from(clock.instant().plus(DURATION));
    }

    /** Renews the lease. */
    void renew() {
        set(new Document(UNTIL, until()));
    }

    /**
     * Stores the progress and renews the lease.
     *
     * @throws MongoException if another node has taken the lease
     */
    void advance(Progress progress) {
        set(new Document(UNTIL, until())
                .append(DocumentFields.VERSION, progress.version())
                .append(POSITION, progress.position()));
    }

    private void set(Document values) {
        Document change = new Document("$set", values);
        if (Repeat.once(() -> meta.updateOne(held(), change)).getMatchedCount() == 0) {
            throw new MongoException("another node has taken over the migration");
        }
    }

    /** Releases the lease if it is still held. */
    void release() {
        Repeat.once(() -> meta.deleteOne(held()));
    }

    private Document held() {
        return new Document(ID).append(OWNER, owner);
    }
}
