package io.roomcast.examples.benchmarks.followers;

import io.roomcast.examples.benchmarks.run.Database;
import java.util.List;
import java.util.Locale;

/** Where the messages are stored. */
enum Storage {
    MEMORY,
    MONGO;

    /**
     * Returns those that are measured by default. Without {@code mongod} on the path, the stand-in reads all messages for
     * each page, so a follower that is far behind takes hours.
     */
    static List<Storage> usual() {
        return Database.isMongod() ? List.of(values()) : List.of(MEMORY);
    }

    /** Returns the name on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name in the report. */
    String title() {
        return this == MEMORY ? "memory" : Database.product();
    }
}
