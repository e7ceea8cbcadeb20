package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes with SIGKILL while clients send, and compares the acknowledged messages with the stored ones. */
@Timeout(300)
class CrashIT {
    private static final long SEED = 20_261_122;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
    private static final int MAX_DELAY_MICROS = 50_000;

    private final Random random = new Random(SEED);
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url = "http://127.0.0.1:" + ReservedPort.choose();

    @TempDir
    Path folder;

    private ChatServerProcess server;

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void serverKilledTenTimes_losesNothingAcknowledged_andStoresNothingTwice() throws Exception {
        startServer(Map.of());
        try (ChatClients clients = new ChatClients(url)) {
            for (int kill = 0; kill < 10; kill++) {
                killDuring(clients, server::kill);
                server.exitCode(TIMEOUT);
                startServer(Map.of());
            }
            SentAndStored.verify(clients, url);
            // Some of the messages in flight are stored when the server dies, but not acknowledged.
            assertThat(clients.ledger().duplicates()).isPositive();
        }
    }

    @Test
    void databaseKilledFiveTimes_losesNothingAcknowledged_andStoresNothingTwice() throws Exception {
        try (DatabaseProcess database = DatabaseProcess.start(folder.resolve("data"))) {
            startServer(Map.of("MONGODB_URI", database.uri()));
            try (ChatClients clients = new ChatClients(url)) {
                for (int kill = 0; kill < 5; kill++) {
                    killDuring(clients, database::kill);
                    database.restart();
                    awaitReady();
                }
                SentAndStored.verify(clients, url);
            }
        }
    }

    private void startServer(Map<String, String> more) throws IOException {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("SOCKET_PORT", String.valueOf(URI.create(url).getPort()));
        variables.put("CHAT_RATE_LIMITS", "off");
        server = ChatServerProcess.launch(folder, variables);
        awaitReady();
    }

    private void awaitReady() {
        await("readiness")
                .atMost(TIMEOUT)
                .pollInterval(POLL_INTERVAL)
                .ignoreExceptions()
                .until(() -> get("/health/ready").statusCode() == 200);
    }

    /** Kills a process at a random time, once some messages are acknowledged. */
    private void killDuring(ChatClients clients, Runnable kill) throws Exception {
        clients.ledger().more(random.nextInt(50, 200)).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        clients.runAfter(random.nextInt(MAX_DELAY_MICROS), kill);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).build();
        return http.send(request, BodyHandlers.ofString());
    }
}
