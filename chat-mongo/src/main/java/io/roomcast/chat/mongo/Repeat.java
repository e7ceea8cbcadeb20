package io.roomcast.chat.mongo;

import com.mongodb.MongoSocketException;
import java.util.function.Supplier;

/** Repeats commands that may run twice and that the driver does not repeat by itself. */
final class Repeat {
    private Repeat() {}

    /**
     * Runs a command, and once more if its connection turns out to be dead. The first failure makes the driver drop the
     * connections that it kept from before, so the second attempt uses a new one.
     */
    static <T> T once(Supplier<T> command) {
        try {
            return command.get();
        } catch (MongoSocketException dead) {
            return command.get();
        }
    }

    /** As {@link #once(Supplier)}, for a command without an answer. */
    static void once(Runnable command) {
        once(() -> {
            command.run();
            return true;
        });
    }
}
