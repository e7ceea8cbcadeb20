package io.roomcast.examples.benchmarks.server;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;

/**
 * A database in memory that supports counters.
 *
 * <p>The original returns the document itself from {@code findAndModify}, and the next command may change it before it
 * is sent. This one returns a copy.
 */
final class CountingBackend extends MemoryBackend {
    @Override
    public Document handleMessage(MongoMessage message) {
        if (!message.getDocument().containsKey("findAndModify")) {
            return super.handleMessage(message);
        }
        synchronized (this) {
            return super.handleMessage(message).cloneDeeply();
        }
    }
}
