package io.roomcast.examples.benchmarks.storage;

import com.mongodb.client.MongoClient;
import java.util.Locale;

/** The ways to store that are compared. */
enum Strategy {
    NAIVE,
    ROOMCAST;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Begins to store in a database of the given name. */
    Storing open(MongoClient client, String database) {
        return switch (this) {
            case NAIVE -> new NaiveStoring(client, database);
            case ROOMCAST -> new RoomcastStoring(client, database);
        };
    }
}
