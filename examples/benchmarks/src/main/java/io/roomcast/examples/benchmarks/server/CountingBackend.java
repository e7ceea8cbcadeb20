package io.roomcast.examples.benchmarks.server;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;

/**
 * A database in memory that counters can be kept in: as it comes, it answers a {@code findAndModify} with the document
 * itself, which the next one may change before it is sent.
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
