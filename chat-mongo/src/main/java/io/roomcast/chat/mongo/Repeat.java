package io.roomcast.chat.mongo;

import com.mongodb.MongoSocketException;
import java.util.function.Supplier;

/** Repeats idempotent commands that the driver does not retry by itself. */
final class Repeat {
    private Repeat() {}

    /**
     * Runs a command, and runs it again if its connection turns out to be dead. The first failure makes the driver drop
     * its older connections, so the second attempt uses a new one.
     */
    static <T> T once(Supplier<T> command) {
        try {
            return command.get();
        } catch (MongoSocketException dead) {
            return command.get();
        }
    }

    /** Does the same as {@link #once(Supplier)} for a command without a result. */
    static void once(Runnable command) {
        once(() -> {
            command.run();
            return true;
        });
    }
}
