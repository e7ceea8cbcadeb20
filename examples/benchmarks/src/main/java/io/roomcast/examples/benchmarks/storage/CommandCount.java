package io.roomcast.examples.benchmarks.storage;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.concurrent.atomic.LongAdder;

/** Counts the commands that a client sends to the database. Safe for use by several threads. */
final class CommandCount implements CommandListener {
    private final LongAdder all = new LongAdder();
    private final LongAdder inserts = new LongAdder();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        all.increment();
        if (event.getCommandName().equals("insert")) {
            inserts.increment();
        }
    }

    long all() {
        return all.sum();
    }

    long inserts() {
        return inserts.sum();
    }
}
