package io.roomcast.examples.benchmarks.followers;

import io.roomcast.examples.benchmarks.run.Database;
import java.util.Locale;

/** Where the messages are stored. */
enum Storage {
    MEMORY,
    MONGO;

    /** Returns the name on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name in the report. */
    String title() {
        return this == MEMORY ? "memory" : Database.product();
    }
}
