package io.roomcast.examples.chatserver;

import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.examples.chatserver.log.LogProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The store to use: one record for each value of {@code CHAT_STORE}. Its text is for the ready line. */
sealed interface StoreChoice {
    /**
     * Opens the store.
     *
     * @throws StartException if it cannot be used
     */
    Storage open();

    /** Reads the choice. By default it is MongoDB if an address is set, and the embedded database otherwise. */
    static StoreChoice read(Environment environment) {
        Optional<MongoAddress> uri = environment.text("MONGODB_URI").map(value -> MongoAddress.read(environment, value));
        Path directory = directory(environment);
        String kind = environment.text("CHAT_STORE").orElse(uri.isPresent() ? "mongo" : "embedded");
        if (kind.equals("mongo") && uri.isPresent()) {
            return new Mongo(uri.get());
        }
        if (kind.equals("memory")) {
            return new Memory();
        }
        if (!kind.equals("embedded")) {
            environment.mistake("CHAT_STORE", kind, "embedded, memory, or mongo together with MONGODB_URI");
        }
        return new Embedded(directory);
    }

    private static Path directory(Environment environment) {
        String directory = environment.text("CHAT_DATA_DIR").orElse("./chat-data");
        try {
            return Path.of(directory);
        } catch (InvalidPathException invalid) {
            environment.mistake("CHAT_DATA_DIR", directory, "the path of a folder");
            return Path.of(".");
        }
    }

    /** A MongoDB that somebody else runs. */
    record Mongo(MongoAddress uri) implements StoreChoice {
        @Override
        public Storage open() {
            return Storage.connect(uri.value(), () -> {});
        }

        @Override
        public String toString() {
            return "MongoDB at " + uri;
        }
    }

    /** A database inside the server, in a folder. */
    record Embedded(Path directory) implements StoreChoice {
        @Override
        public Storage open() {
            // The store warns about a MongoDB that is not a replica set, which the embedded one never is.
            LogProvider.quieten(MongoChatStore.class);
            EmbeddedMongo mongo = EmbeddedMongo.open(directory);
            try {
                return Storage.embedded(mongo.uri(), mongo::close);
            } catch (StartException failure) {
                throw new StartException(failure.getMessage() + " (CHAT_DATA_DIR: " + directory + ")", failure);
            }
        }

        @Override
        public String toString() {
            return "embedded at " + directory;
        }
    }

    /** The process's memory, which ends with the process. */
    record Memory() implements StoreChoice {
        @Override
        public Storage open() {
            return new Storage(ChatStore.inMemory(), () -> {});
        }

        @Override
        public String toString() {
            return "memory, lost when the server stops";
        }
    }
}
