package io.roomcast.examples.chatserver;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A MongoDB of the server's own: it speaks MongoDB's protocol on a free loopback port and keeps its data in a folder.
 *
 * <p>Every user of the machine can reach that port, as with a MongoDB without passwords.
 */
final class EmbeddedMongo implements AutoCloseable {
    private static final String FILE = "chat.mv.db";

    private final MongoServer server;

    private EmbeddedMongo(MongoServer server) {
        this.server = server;
    }

    /**
     * Opens the database in a folder, which is made if it is not there.
     *
     * @throws StartException if it cannot be written or belongs to another server
     */
    static EmbeddedMongo open(Path directory) {
        return open(directory, 0);
    }

    /** The same on a port that is known beforehand. */
    static EmbeddedMongo open(Path directory, int port) {
        try {
            MVStore file = file(Files.createDirectories(directory).resolve(FILE));
            MongoServer server = new MongoServer(new CommittingH2Backend(file));
            server.bind("127.0.0.1", port);
            return new EmbeddedMongo(server);
        } catch (IOException | MVStoreException failure) {
            throw new StartException("CHAT_DATA_DIR: " + directory + " " + reason(failure), failure);
        }
    }

    /** H2's own commits, by the clock, could fall between a document and its index entries. */
    private static MVStore file(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .compress()
                .open();
    }

    private static String reason(Exception failure) {
        boolean locked =
                failure instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_FILE_LOCKED;
        return locked ? "is in use by another server" : "cannot be written: " + failure.getMessage();
    }

    /** Where a driver finds it. */
    String uri() {
        return server.getConnectionString() + "/chat";
    }

    /** Lets go of the folder; what was acknowledged is in it already. */
    @Override
    public void close() {
        server.shutdownNow();
    }
}
