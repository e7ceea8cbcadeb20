package io.roomcast.examples.chatserver;

import io.roomcast.chat.mongo.MongoAttachmentStore;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.examples.chatserver.log.LogProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The type of the store, with one record for each value of {@code CHAT_STORE}. The text is for the ready line. */
sealed interface StoreChoice {
    /**
     * Opens the store. May block for up to a minute.
     *
     * @throws StartException if the store cannot be used
     */
    Storage open();

    /**
     * Opens the store of the files that users upload, beside the messages; empty if there is none.
     *
     * @throws StartException if the store cannot be used
     */
    Optional<AttachmentStore> openFiles();

    /** Reads the type. The default is MongoDB if {@code MONGODB_URI} is set, and the embedded database otherwise. */
    static StoreChoice read(Environment environment) {
        Optional<MongoAddress> uri =
                environment.text("MONGODB_URI").map(value -> MongoAddress.read(environment, value));
        Path directory = directory(environment);
        String kind = environment.text("CHAT_STORE").orElse(uri.isPresent() ? "mongo" : "embedded");
        if (kind.equals("mongo") && uri.isPresent()) {
            return new Mongo(uri.get());
        }
        if (kind.equals("memory")) {
            return new Memory();
        }
        if (!kind.equals("embedded")) {
            environment.addError("CHAT_STORE", kind, "embedded, memory, or mongo together with MONGODB_URI");
        }
        return new Embedded(directory);
    }

    /** Returns the folder of the embedded database. */
    static Path directory(Environment environment) {
        String directory = environment.text("CHAT_DATA_DIR").orElse("./chat-data");
        try {
            return Path.of(directory);
        } catch (InvalidPathException invalid) {
            environment.addError("CHAT_DATA_DIR", directory, "the path of a folder");
            return Path.of(".");
        }
    }

    private static AttachmentStore files(Supplier<AttachmentStore> open) {
        try {
            return open.get();
        } catch (RuntimeException away) {
            throw new StartException("The store of files cannot be used: " + away.getMessage(), away);
        }
    }

    /** A MongoDB server. */
    record Mongo(MongoAddress uri) implements StoreChoice {
        @Override
        public Storage open() {
            return Storage.connect(uri.value(), () -> {});
        }

        @Override
        public Optional<AttachmentStore> openFiles() {
            return Optional.of(files(() -> MongoAttachmentStore.connect(uri.value())));
        }

        @Override
        public String toString() {
            return "MongoDB at " + uri;
        }
    }

    /** The embedded database, in a folder. */
    record Embedded(Path directory) implements StoreChoice {
        @Override
        public Storage open() {
            // Suppresses the warning that the database is not a replica set, which is intended here.
            LogProvider.quieten(MongoChatStore.class);
            EmbeddedMongo mongo = EmbeddedMongo.open(directory);
            try {
                return Storage.embedded(mongo.uri(), mongo::close);
            } catch (StartException failure) {
                throw new StartException(failure.getMessage() + " (CHAT_DATA_DIR: " + directory + ")", failure);
            }
        }

        /** A folder, because the embedded database keeps its whole content in one file. */
        @Override
        public Optional<AttachmentStore> openFiles() {
            return Optional.of(files(() -> AttachmentStore.onDisk(directory.resolve("files"))));
        }

        @Override
        public String toString() {
            return "embedded at " + directory;
        }
    }

    /** The memory of this process. */
    record Memory() implements StoreChoice {
        @Override
        public Storage open() {
            return new Storage(ChatStore.inMemory(), () -> {});
        }

        /** Returns none, because files would soon fill the memory. */
        @Override
        public Optional<AttachmentStore> openFiles() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "memory, lost when the server stops";
        }
    }
}
