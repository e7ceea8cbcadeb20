package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.testkit.ReservedPort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** A server on a free port of loopback, which keeps nothing on a disk. */
public final class RedisServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final Path folder;
    private final int port = ReservedPort.choose();
    private final String program;
    private final List<String> options;
    private Process process;

    private RedisServer(String program, List<String> options) {
        this.program = program;
        this.options = options;
        try {
            this.folder = Files.createTempDirectory("redis");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        restart();
    }

    /** Starts a server with further options, such as {@code --requirepass secret}. */
    public static RedisServer start(String... options) {
        return new RedisServer("redis-server", List.of(options));
    }

    /** Starts a Sentinel that watches a server under the name {@code mymaster}. */
    static RedisServer sentinelOf(RedisServer server) {
        return new RedisServer("redis-sentinel", List.of("" + server.port()));
    }

    int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts the server again, after {@link #kill}. */
    void restart() {
        try {
            process = new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        await().atMost(START)
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .until(this::listens);
    }

    private List<String> command() throws IOException {
        if (program.equals("redis-sentinel")) {
            return List.of(program, sentinelFile().toString());
        }
        List<String> command = new ArrayList<>(List.of(program, "--bind", "127.0.0.1", "--save", ""));
        if (!options.contains("--port")) {
            command.addAll(List.of("--port", "" + port));
        }
        command.addAll(options);
        return command;
    }

    private Path sentinelFile() throws IOException {
        Path file = folder.resolve("sentinel.conf");
        Files.writeString(file, """
                port %d
                bind 127.0.0.1
                sentinel monitor mymaster 127.0.0.1 %s 1
                sentinel down-after-milliseconds mymaster 500
                sentinel failover-timeout mymaster 3000
                """.formatted(port, options.get(0)));
        return file;
    }

    private boolean listens() throws IOException {
        assertThat(process.isAlive()).as(log()).isTrue();
        return log().contains("eady to accept connections") || log().contains("Sentinel ID is");
    }

    /** Returns what the server has logged since its last start. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Runs a command. */
    Object command(Command command, String... arguments) {
        DefaultJedisClientConfig config =
                DefaultJedisClientConfig.builder().resp2().build();
        try (Connection connection = new Connection(new HostAndPort("127.0.0.1", port), config)) {
            connection.sendCommand(command, arguments);
            return connection.getOne();
        } catch (JedisException failure) {
            throw new IllegalStateException("the test cannot reach Redis", failure);
        }
    }

    /** Returns a section of what the server reports about itself. */
    String info(String section) {
        return new String((byte[]) command(Command.INFO, section), StandardCharsets.UTF_8);
    }

    /** Ends the server without warning, as {@code kill -9} does. Its data are lost. */
    void kill() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Stops the process; its connections remain. */
    void pause() {
        signal("STOP");
    }

    /** Continues after {@link #pause}. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid())
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            resume();
            kill();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
