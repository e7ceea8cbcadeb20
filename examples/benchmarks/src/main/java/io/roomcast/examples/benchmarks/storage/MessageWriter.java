package io.roomcast.examples.benchmarks.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A way to store messages. Safe for use by several threads. */
interface MessageWriter extends AutoCloseable {
    /** Creates documents that the first messages need. Blocks. */
    default void prepare(List<String> rooms) {}

    /** Stores a message as the next one of its room. The future completes once the database acknowledges. Never blocks. */
    CompletableFuture<?> store(String room, String content);

    @Override
    void close();
}
