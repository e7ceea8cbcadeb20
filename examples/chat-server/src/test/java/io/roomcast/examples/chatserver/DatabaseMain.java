package io.roomcast.examples.chatserver;

import java.io.IOException;
import java.nio.file.Path;

/** Runs the embedded database in a separate process; see {@link DatabaseProcess}. */
final class DatabaseMain {
    static final String READY = "ready";

    private DatabaseMain() {}

    /** Serves a folder on a port until the standard input is closed. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedMongo database = EmbeddedMongo.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.out.println(READY + " " + database.uri());
            while (System.in.read() >= 0) {
                // Waits for the end of the input.
            }
        }
    }
}
