package io.roomcast.chat.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection string with the name of a database. Immutable.
 *
 * @param uri the connection string; may contain credentials, so it is never logged or shown
 * @param database the database's name
 */
record MongoUri(ConnectionString uri, String database) {
    private static final int SELECTION_MILLIS = 3_000;
    private static final int CONNECT_MILLIS = 2_000;
    // A read may take up to three times as long: an attempt, a handshake on a new connection, and a retry.
    private static final int READ_MILLIS = 1_500;

    /**
     * Parses a connection string.
     *
     * @throws IllegalArgumentException if it is malformed or names no database
     */
    static MongoUri parse(String uri) {
        ConnectionString parsed = parsed(uri);
        @Nullable String database = parsed.getDatabase();
        if (database == null || database.isEmpty()) {
            throw new IllegalArgumentException("uri: names no database (expected: mongodb://host[:port]/database)");
        }
        return new MongoUri(parsed, database);
    }

    private static ConnectionString parsed(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException failure) {
            // The driver's text may quote a part of a password that was not percent-encoded.
            throw new IllegalArgumentException("uri: not a MongoDB connection string"
                    + " (expected: mongodb://[user:password@]host[:port]/database[?options], percent-encoded)");
        }
    }

    /** Returns the settings of the string; timeouts that it does not set have defaults that suit a chat. */
    MongoClientSettings settings() {
        return MongoClientSettings.builder()
                .applicationName("roomcast")
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(SELECTION_MILLIS, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(SELECTION_MILLIS, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                        .readTimeout(READ_MILLIS, TimeUnit.MILLISECONDS))
                .applyConnectionString(uri)
                .build();
    }

    @Override
    public String toString() {
        return "MongoUri[" + uri.getHosts() + "/" + database + "]";
    }
}
