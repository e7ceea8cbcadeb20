package io.roomcast.chat.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A server with MongoDB's protocol on loopback, and a client of it. */
final class TestServer implements AutoCloseable {
    private final Supplier<MongoBackend> backend;
    private MongoServer server;
    private MongoClient client;

    private TestServer(Supplier<MongoBackend> backend) {
        this.backend = backend;
        this.server = new MongoServer(backend.get());
        this.client = connect();
    }

    /** A database in memory that returns changed documents as they were after their command, as MongoDB does. */
    private static final class InMemory extends MemoryBackend {
        @Override
        public Document handleMessage(MongoMessage message) {
            return copied(this, message, super::handleMessage);
        }
    }

    /** The same on disk. */
    private static final class OnDisk extends H2Backend {
        private OnDisk(Path file) {
            super(file.toString());
        }

        @Override
        public Document handleMessage(MongoMessage message) {
            return copied(this, message, super::handleMessage);
        }
    }

    private static Document copied(MongoBackend backend, MongoMessage message, CommandHandler handler) {
        if (!message.getDocument().containsKey("findAndModify")) {
            return handler.handle(message);
        }
        synchronized (backend) {
            return handler.handle(message).cloneDeeply();
        }
    }

    /** Handles a command. */
    @FunctionalInterface
    private interface CommandHandler {
        Document handle(MongoMessage message);
    }

    static TestServer inMemory() {
        return new TestServer(InMemory::new);
    }

    /** Uses the given backend. */
    static TestServer with(MongoBackend backend) {
        return new TestServer(() -> backend);
    }

    /** Uses a file, which survives restarts. */
    static TestServer onDisk(Path file) {
        return new TestServer(() -> new OnDisk(file));
    }

    /** Waits longer for answers than by default, as the database reads whole collections, and on a busy machine slowly. */
    private MongoClient connect() {
        server.bind();
        return MongoClients.create(
                MongoUri.parse(uri("any?socketTimeoutMS=20000")).settings());
    }

    MongoClient client() {
        return client;
    }

    int port() {
        return server.getLocalAddress().getPort();
    }

    String uri(String database) {
        return "mongodb://127.0.0.1:" + port() + "/" + database;
    }

    void restart() {
        close();
        server = new MongoServer(backend.get());
        client = connect();
    }

    @Override
    public void close() {
        client.close();
        server.shutdownNow();
    }
}
