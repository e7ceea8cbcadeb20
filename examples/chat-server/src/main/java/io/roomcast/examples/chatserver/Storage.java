package io.roomcast.examples.chatserver;

import com.mongodb.MongoCommandException;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open store with its database.
 *
 * @param store the store
 * @param database closes the database; called after the store is closed
 */
record Storage(ChatStore store, Runnable database) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Storage.class);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    /**
     * Connects to MongoDB.
     *
     * @throws StartException if the database cannot be used
     */
    static Storage connect(String uri, Runnable database) {
        try {
            return new Storage(MongoChatStore.connect(uri), database);
        } catch (RuntimeException away) {
            database.run();
            throw new StartException("The store cannot be used: " + away.getMessage(), away);
        }
    }

    /**
     * Connects to the embedded database of this process, which is known to be running. A busy machine may delay its
     * replies, so connecting is retried for up to a minute.
     *
     * @throws StartException if the database cannot be used
     */
    static Storage embedded(String uri, Runnable database) {
        return embedded(() -> MongoChatStore.connect(uri), database, Clock.systemUTC());
    }

    static Storage embedded(Supplier<ChatStore> connect, Runnable database, Clock clock) {
        Instant end = clock.instant().plus(START_TIMEOUT);
        try {
            return new Storage(connected(connect, clock, end), database);
        } catch (RuntimeException away) {
            database.run();
            throw new StartException("The store cannot be used: " + away.getMessage(), away);
        }
    }

    private static ChatStore connected(Supplier<ChatStore> connect, Clock clock, Instant end) {
        while (true) {
            try {
                return connect.get();
            } catch (RuntimeException away) {
                if (isFailedCommand(away) || !clock.instant().isBefore(end)) {
                    throw away;
                }
                log.info("Waiting for the embedded store, as this machine is busy: {}", away.getMessage());
            }
        }
    }

    /** Returns whether the database replied with an error, as it does if its file is damaged. */
    private static boolean isFailedCommand(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(MongoCommandException.class::isInstance);
    }

    @Override
    public void close() {
        store.close();
        database.run();
    }
}
