package io.roomcast.examples.chatserver;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
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

    @Override
    public synchronized Document handleMessage(MongoMessage message) {
        try {
            return super.handleMessage(message);
        } finally {
            commit();
            compactPeriodically();
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
