package io.roomcast.examples.chatserver;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVStore;

/**
 * Stores a database on disk. Writes each change before it replies, so that a killed process loses no acknowledged
 * change.
 *
 * <p>Runs one command at a time: a commit includes all pending changes, and must not include half of another command.
 * Safe for use by several threads.
 */
final class CommittingH2Backend extends H2Backend {
    private static final int COMMITS_BETWEEN_COMPACTIONS = 1_000;
    private static final int WANTED_FILL_PERCENT = 50;
    private static final int COMPACTED_BYTES = 1 << 20;
    private static final int CLOSING_MILLIS = 1_000;

    private int commits;

    CommittingH2Backend(MVStore file) {
        super(file);
    }

    @Override
    public synchronized Document handleMessage(MongoMessage message) {
        try {
            return super.handleMessage(message);
        } finally {
            commit();
            compactNowAndThen();
        }
    }

    /** H2 compacts only in its own commits, which are off, and every commit leaves old pages behind. */
    private void compactNowAndThen() {
        commits = (commits + 1) % COMMITS_BETWEEN_COMPACTIONS;
        if (commits == 0) {
            getMvStore().compact(WANTED_FILL_PERCENT, COMPACTED_BYTES);
        }
    }

    @Override
    public synchronized void close() {
        getMvStore().close(CLOSING_MILLIS);
        super.close();
    }
}
