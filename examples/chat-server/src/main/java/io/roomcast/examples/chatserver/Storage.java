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
 * An open store and the database that it uses.
 *
 * @param store the store
 * @param database closes the database, after the store
 */
record Storage(ChatStore store, Runnable database) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Storage.class);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /**
     * Connects to a MongoDB.
     *
     * @throws StartException if it does not answer
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
     * Connects to the embedded database of this process, which is running. Retries for up to a minute, because a busy
     * machine may delay the answer.
     *
     * @throws StartException if it does not answer
     */
    static Storage embedded(String uri, Runnable database) {
        return embedded(() -> MongoChatStore.connect(uri), database, Clock.systemUTC());
    }

    static Storage embedded(Supplier<ChatStore> connecting, Runnable database, Clock clock) {
        Instant end = clock.instant().plus(TIMEOUT);
        try {
            return new Storage(connected(connecting, clock, end), database);
        } catch (RuntimeException away) {
            database.run();
            throw new StartException("The store cannot be used: " + away.getMessage(), away);
        }
    }

    private static ChatStore connected(Supplier<ChatStore> connecting, Clock clock, Instant end) {
        while (true) {
            try {
                return connecting.get();
            } catch (RuntimeException away) {
                if (isFailedCommand(away) || !clock.instant().isBefore(end)) {
                    throw away;
                }
                log.info("waiting for the embedded store, as this machine is busy: {}", away.getMessage());
            }
        }
    }

    /** Returns whether the database answered with a failure, as it does if its file is damaged. */
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
