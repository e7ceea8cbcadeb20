package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.testkit.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A TURN server on loopback with the configuration of CALLS.md, except that it may relay on loopback. */
final class Coturn implements AutoCloseable {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "."), "CALLS.md");
    private static final String FIRST_LINE = "use-auth-secret";
    private static final Duration START = Duration.ofSeconds(30);
    private static final String LOOPBACK = "127.0.0.1";

    private final String secret;
    private final int port;
    private final Path log;
    private final Process process;

    private Coturn(Path folder, String secret) throws IOException {
        this.secret = secret;
        this.port = ReservedPort.choose();
        this.log = folder.resolve("turnserver.log");
        Path configuration = Files.write(folder.resolve("turnserver.conf"), configuration(secret));
        process = new ProcessBuilder(
                        "turnserver",
                        "-c",
                        configuration.toString(),
                        "--listening-ip=" + LOOPBACK,
                        "--relay-ip=" + LOOPBACK,
                        "--listening-port=" + port,
                        "--allow-loopback-peers",
                        "--no-tls",
                        "--no-dtls",
                        "--pidfile=" + folder.resolve("turnserver.pid"),
                        "--userdb=" + folder.resolve("turndb"),
                        "--log-file=stdout")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /**
     * Starts a server on a free port.
     *
     * @param folder for its files
     * @param secret what it shares with the chat
     */
    static Coturn start(Path folder, String secret) throws IOException {
        Coturn started = new Coturn(folder, secret);
        try {
            await().atMost(START).until(started::listens);
        } catch (Throwable failure) {
            started.close();
            throw failure;
        }
        return started;
    }

    private static List<String> configuration(String secret) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals(FIRST_LINE))
                .takeWhile(line -> !line.startsWith("```"))
                .filter(line -> !line.startsWith("denied-peer-ip=127."))
                .map(line -> line.startsWith("static-auth-secret=") ? "static-auth-secret=" + secret : line)
                .toList();
        assertThat(lines).contains(FIRST_LINE, "static-auth-secret=" + secret, "no-multicast-peers");
        return lines;
    }

    private boolean listens() throws IOException {
        assertThat(process.isAlive()).as(() -> read(log)).isTrue();
        try (Socket socket = new Socket(InetAddress.getByName(LOOPBACK), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    String secret() {
        return secret;
    }

    int port() {
        return port;
    }

    String url() {
        return "turn:" + LOOPBACK + ":" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
