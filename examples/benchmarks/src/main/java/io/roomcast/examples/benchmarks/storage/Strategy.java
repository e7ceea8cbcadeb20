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

    /** Opens the strategy on a database of the given name. */
    Storing open(MongoClient client, String database) {
        return switch (this) {
            case NAIVE -> new NaiveStoring(client, database);
            case ROOMCAST -> new RoomcastStoring(client, database);
        };
    }
}
