package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.ReservedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A database process that can be killed and restarted with the same data and address. */
final class DatabaseProcess implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    private DatabaseProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static DatabaseProcess start(Path folder) {
        DatabaseProcess database = new DatabaseProcess(folder, ReservedPort.choose());
        database.start();
        return database;
    }

    /** Starts the process. Blocks until it accepts connections. */
    private void start() {
        try {
            process = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).startsWith(DatabaseMain.READY);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> command() {
        return ChatServerProcess.java(
                "-cp",
                System.getProperty("java.class.path"),
                DatabaseMain.class.getName(),
                folder.toString(),
                String.valueOf(port));
    }

    String uri() {
        return "mongodb://127.0.0.1:" + port + "/chat";
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Restarts the process after it was killed. */
    void restart() {
        process.onExit().join();
        start();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
