package io.roomcast.examples.benchmarks.storage;

import com.mongodb.client.MongoClient;
import java.util.Locale;

/** The ways to store messages that are compared. */
enum Strategy {
    NAIVE,
    ROOMCAST;

    /** Returns the name on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a writer to the database with the name. */
    MessageWriter open(MongoClient client, String database) {
        return switch (this) {
            case NAIVE -> new NaiveMessageWriter(client, database);
            case ROOMCAST -> new RoomcastMessageWriter(client, database);
        };
    }
}
