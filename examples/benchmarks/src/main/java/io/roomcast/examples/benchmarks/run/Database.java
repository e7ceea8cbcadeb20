package io.roomcast.examples.benchmarks.run;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.examples.benchmarks.process.FreePort;
import io.roomcast.examples.benchmarks.process.JavaCommand;
import io.roomcast.examples.benchmarks.process.Launch;
import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import io.roomcast.examples.benchmarks.server.DatabaseServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The database of servers that store messages, in a process of its own. It is the
 * {@code mongod} on the path, or an in-memory database with its protocol. Starts when it is used first. For one thread.
 */
public final class Database implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Waiting for connections.*\"port\":\\s*(\\d+)");

    /** A small young generation keeps the pauses for its collection short. */
    private static final List<String> HEAP = List.of("-Xms4g", "-Xmx4g", "-Xmn256m");

    private final Path folder;
    private final String processor;

    @Nullable
    private ServerProcess process;

    private int names;

    /**
     * Creates a database that has not started.
     *
     * @param folder the folder for its data and log
     */
    public Database(Path folder) {
        this(folder, "");
    }

    /**
     * Creates a database that has not started.
     *
     * @param folder the folder for its data and log
     * @param processor the processor to which it is pinned; empty for that of this process
     */
    public Database(Path folder, String processor) {
        this.folder = folder;
        this.processor = processor;
    }

    /** Returns the connection string of an empty database. */
    public String create() throws IOException {
        if (process == null) {
            process = ServerProcess.start(launch().on(processor), folder.resolve("database.log"));
        }
        return "mongodb://127.0.0.1:" + process.address().getPort() + "/chat" + names++;
    }

    private Launch launch() throws IOException {
        Optional<Path> mongod = mongod();
        return mongod.isPresent() ? launch(mongod.get()) : JavaCommand.of(DatabaseServer.class, HEAP);
    }

    private Launch launch(Path mongod) throws IOException {
        Path data = Folders.emptied(folder.resolve("database"));
        List<String> command = List.of(
                mongod.toString(), "--dbpath", data.toString(), "--port", FreePort.find(), "--bind_ip", "127.0.0.1");
        return new Launch(command, Map.of(), READY, false);
    }

    private static Optional<Path> mongod() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "mongod"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns a gauge for the process, if it has started. */
    public Optional<ProcessGauge> gauge() {
        return Optional.ofNullable(process).map(ServerProcess::gauge);
    }

    /** Deletes a database. */
    public void drop(String uri) {
        try (MongoClient client = MongoClients.create(uri)) {
            client.getDatabase(uri.substring(uri.lastIndexOf('/') + 1)).drop();
        }
    }

    /** Returns the product's name for the report. */
    public static String product() {
        return isMongod() ? "mongod" : "mongo-java-server";
    }

    /** Returns whether there is a {@code mongod} on the path. */
    public static boolean isMongod() {
        return mongod().isPresent();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
