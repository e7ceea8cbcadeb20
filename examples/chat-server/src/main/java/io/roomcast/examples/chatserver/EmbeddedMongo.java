package io.roomcast.examples.chatserver;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database within this process. It serves MongoDB's protocol on a free loopback port and stores its data in a folder.
 *
 * <p>Every user of the machine can connect to that port, as to a MongoDB without authentication.
 */
final class EmbeddedMongo implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedMongo.class);
    private static final String FILE = "chat.mv.db";
    private static final int HEADER_BYTES = 2 * 4_096;

    /** A quarter of H2's default, as each commit writes all pages that a command has changed. */
    private static final int PAGE_BYTES = 4_096;

    private final MongoServer server;
    private final ExpiredDocuments expired;

    private EmbeddedMongo(MongoServer server) {
        this.server = server;
        this.expired = ExpiredDocuments.removedFrom(uri());
    }

    /**
     * Opens the database in a folder, which is created if it does not exist.
     *
     * @throws StartException if the folder cannot be written, is in use by another server, or holds a damaged database
     */
    static EmbeddedMongo open(Path directory) {
        return open(directory, 0);
    }

    /** Does the same on a given port; 0 selects a free one. */
    static EmbeddedMongo open(Path directory, int port) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            MongoServer server = new MongoServer(new CommittingH2Backend(opened(file)));
            server.bind("127.0.0.1", port);
            return new EmbeddedMongo(server);
        } catch (MVStoreException failure) {
            throw new StartException("CHAT_DATA_DIR: " + reason(directory, failure), failure);
        } catch (IOException failure) {
            throw new StartException("CHAT_DATA_DIR: " + unwritable(directory, failure), failure);
        }
    }

    /** Opens the file. Rejects a file that H2 would treat as empty because none of its content is readable. */
    private static MVStore opened(Path file) throws IOException {
        boolean hasContent = Files.exists(file) && Files.size(file) > HEADER_BYTES;
        MVStore store = file(file);
        if (hasContent && store.getMapNames().isEmpty()) {
            store.closeImmediately();
            throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "no readable content");
        }
        return store;
    }

    /** Opens the file without automatic commits, which could separate a document from its index entries. */
    private static MVStore file(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .compress()
                .pageSplitSize(PAGE_BYTES)
                .open();
    }

    private static String reason(Path directory, MVStoreException failure) {
        Path file = directory.resolve(FILE);
        if (failure.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return directory + " is in use by another server";
        }
        return Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file)
                ? damaged(file) + ": " + failure.getMessage()
                : unwritable(directory, failure);
    }

    private static String unwritable(Path directory, Exception failure) {
        return directory + " cannot be written: " + failure.getMessage();
    }

    private static String damaged(Path file) {
        return file + " is damaged. Restore it from a backup, or move it away to begin with an empty store";
    }

    /** Returns the connection string. */
    String uri() {
        return server.getConnectionString() + "/chat";
    }

    /** Closes the database and its file. All acknowledged writes are already in it. */
    @Override
    public void close() {
        expired.close();
        try {
            server.shutdownNow();
        } catch (MVStoreException failure) {
            log.error("Could not close {} cleanly: {}", FILE, failure.getMessage());
        }
    }
}
