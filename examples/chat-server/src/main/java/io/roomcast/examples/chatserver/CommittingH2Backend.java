package io.roomcast.examples.chatserver;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.roomcast.examples.chatserver.index.IndexedCollection;
import io.roomcast.examples.chatserver.index.SecondaryIndex;
import io.roomcast.examples.chatserver.index.UniqueIndex;
import java.util.List;
import org.h2.mvstore.MVStore;

/**
 * A database on disk that commits each command before its reply, so that a killed process loses no acknowledged write.
 *
 * <p>One command runs at a time, because a commit includes everything that is pending and must not contain half of
 * another command. Safe for use by several threads.
 */
final class CommittingH2Backend extends H2Backend {
    private static final int COMMITS_BETWEEN_COMPACTIONS = 1_000;
    private static final int MIN_FILL_PERCENT = 50;
    private static final int COMPACTED_BYTES = 1 << 20;
    private static final int CLOSE_TIMEOUT_MILLIS = 1_000;

    private int commits;

    CommittingH2Backend(MVStore file) {
        super(file);
    }

    /** Copies a changed document, because the reply is encoded later, when another command may have changed it again. */
    @Override
    public synchronized Document handleMessage(MongoMessage message) {
        try {
            Document reply = super.handleMessage(message);
            return message.getDocument().containsKey("findAndModify") ? reply.cloneDeeply() : reply;
        } finally {
            commit();
            compactPeriodically();
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new Database(name);
    }

    /**
     * A database with ordered indexes. It is an inner class because its parent opens the indexes in its constructor, when
     * a field for the file would not be set.
     */
    private final class Database extends H2Database {
        private Database(String name) {
            super(name, getMvStore(), getCursorRegistry());
        }

        @Override
        protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
            return new IndexedCollection(getMvStore(), this, name, options, getCursorRegistry());
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(
                String collection, String name, List<IndexKey> keys, boolean sparse) {
            return new UniqueIndex(getMvStore(), mapName(collection, name), name, keys, sparse);
        }

        @Override
        protected Index<Object> openOrCreateSecondaryIndex(
                String collection, String name, List<IndexKey> keys, boolean sparse) {
            return new SecondaryIndex(getMvStore(), mapName(collection, name), name, keys);
        }

        @Override
        protected void dropIndex(MongoCollection<Object> collection, String name) {
            super.dropIndex(collection, name);
            getMvStore().removeMap(mapName(collection.getCollectionName(), name));
        }

        private String mapName(String collection, String index) {
            return getFullCollectionNamespace(collection) + "._ordered_" + index;
        }
    }

    /** Compacts the file, because H2 does so only together with its automatic commits, which are disabled. */
    private void compactPeriodically() {
        commits = (commits + 1) % COMMITS_BETWEEN_COMPACTIONS;
        if (commits == 0) {
            getMvStore().compact(MIN_FILL_PERCENT, COMPACTED_BYTES);
        }
    }

    @Override
    public synchronized void close() {
        getMvStore().close(CLOSE_TIMEOUT_MILLIS);
        super.close();
    }
}
