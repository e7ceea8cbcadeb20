package io.roomcast.examples.chatserver;

import java.io.IOException;
import java.nio.file.Path;

/** The database of the chat server's own as a process of its own; {@link DatabaseProcess} runs it. */
final class DatabaseMain {
    static final String READY = "ready";

    private DatabaseMain() {}

    /** Serves a folder on a port, until the end of the input. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedMongo database = EmbeddedMongo.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.out.println(READY + " " + database.uri());
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        }
    }
}
