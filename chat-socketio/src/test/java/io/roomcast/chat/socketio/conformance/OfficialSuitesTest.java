package io.roomcast.chat.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The official suites themselves, from a clone of github.com/socketio/socket.io whose packages are installed; nothing of
 * them is part of this project. Only the address, the port and the path in them are replaced.
 */
@EnabledIfSystemProperty(
        named = "suites",
        matches = ".+",
        disabledReason = "-Dsuites names no clone of socketio/socket.io")
class OfficialSuitesTest {
    private static final Path CLONE = Path.of(System.getProperty("suites", ""));
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(1);
    private static final long DEADLINE_SECONDS = 120;

    @RepeatedTest(5)
    void engine_io_version_4() throws Exception {
        try (EchoServer server = EchoServer.impatient(EngineEcho::new)) {
            assertPasses("docs/engine.io-protocol/v4-test-suite", server.port(), 25);
        }
    }

    @RepeatedTest(5)
    void socket_io_version_5() throws Exception {
        try (EchoServer server = EchoServer.impatient(session -> new SocketEcho(session, CONNECT_PATIENCE))) {
            assertPasses("docs/socket.io-protocol/v5-test-suite", server.port(), 32);
        }
    }

    private static void assertPasses(String suite, int port, int cases) throws IOException, InterruptedException {
        Path directory = CLONE.resolve(suite);
        String official = Files.readString(directory.resolve("test-suite.js"));
        Path here = directory.resolve("roomcast-" + port + ".js");
        Files.writeString(
                here, official.replace("localhost:3000", "127.0.0.1:" + port).replace("/engine.io/", "/socket.io/"));
        try {
            assertThat(run(directory, here)).contains(cases + " passing").doesNotContain(" failing");
        } finally {
            Files.delete(here);
        }
    }

    private static String run(Path directory, Path suite) throws IOException, InterruptedException {
        Path output = Files.createTempFile("suite", ".txt");
        Process process = new ProcessBuilder(
                        "node",
                        "node_modules/mocha/bin/mocha",
                        suite.getFileName().toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return Files.readString(output);
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }
}
