package io.roomcast.examples.benchmarks.server;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;

/** Runs a database in memory that serves MongoDB's protocol. */
public final class DatabaseServer {
    private DatabaseServer() {}

    /** Runs until the end of the input. */
    public static void main(String[] arguments) throws IOException {
        MongoServer server = create();
        Console.serve(server.bind().getPort());
        server.shutdownNow();
    }

    /** Creates the database without binding it to a port. */
    public static MongoServer create() {
        return new MongoServer(new CountingBackend());
    }
}
