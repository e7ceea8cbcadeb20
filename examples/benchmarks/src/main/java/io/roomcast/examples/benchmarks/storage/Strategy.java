package io.roomcast.examples.benchmarks.storage;

import com.mongodb.client.MongoClient;
import java.util.Locale;

/** The compared ways to store. */
enum Strategy {
    NAIVE,
    ROOMCAST;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Begins to store in a database of the given name. */
    MessageWriter open(MongoClient client, String database) {
        return switch (this) {
            case NAIVE -> new NaiveMessageWriter(client, database);
            case ROOMCAST -> new RoomcastMessageWriter(client, database);
        };
    }
}
