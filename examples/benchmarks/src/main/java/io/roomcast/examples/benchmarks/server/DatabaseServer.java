package io.roomcast.examples.benchmarks.server;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;

/** An in-memory database with MongoDB's protocol. */
public final class DatabaseServer {
    private DatabaseServer() {}

    /** Runs until the standard input is closed. */
    public static void main(String[] arguments) throws IOException {
        MongoServer server = create();
        Console.serve(server.bind().getPort());
        server.shutdownNow();
    }

    /** Returns a database that is not bound to a port. */
    public static MongoServer create() {
        return new MongoServer(new CountingBackend());
    }
}
