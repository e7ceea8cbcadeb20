package io.roomcast.examples.chatserver;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVStore;

/**
 * A database on disk that has written a change before it replies, so that a killed process loses nothing acknowledged.
 *
 * <p>One command runs at a time: a commit takes in everything that is pending, and half of another command must not be
 * in it. Safe for use by several threads.
 */
final class CommittingH2Backend extends H2Backend {
    CommittingH2Backend(MVStore file) {
        super(file);
    }

    @Override
    public synchronized Document handleMessage(MongoMessage message) {
        try {
            return super.handleMessage(message);
        } finally {
            commit();
        }
    }
}
