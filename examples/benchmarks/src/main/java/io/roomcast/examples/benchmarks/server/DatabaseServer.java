package io.roomcast.examples.benchmarks.server;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;

/** A database that speaks MongoDB's protocol and keeps everything in memory. */
public final class DatabaseServer {
    private DatabaseServer() {}

    /** Runs until the end of the input. */
    public static void main(String[] arguments) throws IOException {
        MongoServer server = create();
        Console.serve(server.bind().getPort());
        server.shutdownNow();
    }

    /** Such a database, not bound to a port yet. */
    public static MongoServer create() {
        return new MongoServer(new CountingBackend());
    }
}
