package io.roomcast.examples.benchmarks.server;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;

/**
 * An in-memory database with a correct {@code findAndModify}. The original returns the stored document itself, which the
 * next command may change before the reply is sent.
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
