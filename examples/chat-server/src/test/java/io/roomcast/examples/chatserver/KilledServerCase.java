package io.roomcast.examples.chatserver;

import static org.awaitility.Awaitility.await;

import io.roomcast.chat.testkit.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A server at one address and with one folder, which is killed and started again while clients send. */
abstract class KilledServerCase {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
    private static final int MAX_DELAY_MICROS = 50_000;

    private final Random random;
    private final Duration timeout;
    private final HttpClient http = HttpClient.newHttpClient();
    final String url = "http://127.0.0.1:" + ReservedPort.choose();

    @TempDir
    Path folder;

    ChatServerProcess server;

    /**
     * Creates a test.
     *
     * @param seed determines the times of the kills
     * @param timeout the time limit of each step
     */
    KilledServerCase(long seed, Duration timeout) {
        this.random = new Random(seed);
        this.timeout = timeout;
    }

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    /** Starts the server with more variables. Blocks until it is ready. */
    final void startServer(Map<String, String> more) throws IOException {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("SOCKET_PORT", String.valueOf(URI.create(url).getPort()));
        variables.put("CHAT_RATE_LIMITS", "off");
        server = ChatServerProcess.launch(folder, variables);
        awaitReady();
    }

    final void awaitReady() {
        await("readiness")
                .atMost(timeout)
                .pollInterval(POLL_INTERVAL)
                .ignoreExceptions()
                .until(() -> status("/health/ready") == 200);
    }

    /** Kills a process at a random time, once some messages are acknowledged. */
    final void killDuring(ChatClients clients, Runnable kill) throws Exception {
        clients.ledger().more(random.nextInt(50, 200)).get(timeout.toSeconds(), TimeUnit.SECONDS);
        clients.runAfter(random.nextInt(MAX_DELAY_MICROS), kill);
    }

    private int status(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(timeout).build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }
}
