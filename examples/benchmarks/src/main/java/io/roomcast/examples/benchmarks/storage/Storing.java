package io.roomcast.examples.benchmarks.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A way to store messages. Safe for use by several threads. */
interface Storing extends AutoCloseable {
    /** Makes what must be there before the first message; blocks. */
    default void prepare(List<String> rooms) {}

    /** Stores a message as the next one of its room; done once the database has said so. Never blocks. */
    CompletableFuture<?> store(String room, String content);

    @Override
    void close();
}
