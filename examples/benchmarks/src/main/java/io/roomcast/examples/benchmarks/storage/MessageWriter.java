package io.roomcast.examples.benchmarks.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A way to store messages. Safe for use by several threads. */
interface MessageWriter extends AutoCloseable {
    /** Makes what must be there before the first message; blocks. */
    default void prepare(List<String> rooms) {}

    /** Stores a message as the next one of its room. Completes once the database has confirmed it. Never blocks. */
    CompletableFuture<?> store(String room, String content);

    @Override
    void close();
}
