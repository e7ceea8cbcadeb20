package io.roomcast.examples.chatserver;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server and the receiver of its webhook with SIGKILL while clients send. Set the property {@code kills} for more
 * kills than in each build.
 */
@Timeout(1_200)
class WebhookIT {
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final long SEED = 20_261_129;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final Duration REST = Duration.ofMinutes(5);
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
    void receiverHasEveryMessageInOrder_afterServerAndReceiverWereKilled() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start(folder.resolve("received.txt"))) {
            startServer(receiver);
            try (ChatClients clients = new ChatClients(url)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    killDuring(clients, server::kill);
                    server.exitCode(TIMEOUT);
                    startServer(receiver);
                    killDuring(clients, receiver::kill);
                    receiver.restart();
                }
                SentAndStored.verify(clients, url);
                Map<String, Long> stored = clients.ledger().acknowledged().stream()
                        .collect(groupingBy(Ledger.Entry::conversationId, counting()));
                await("all messages at the receiver")
                        .atMost(REST)
                        .pollInterval(POLL_INTERVAL)
                        .until(() -> receiver.received().equals(stored));
            }
        }
    }

    private void startServer(WebhookReceiver receiver) throws IOException {
        server = ChatServerProcess.launch(
                folder,
                Map.of(
                        "SOCKET_PORT",
                        String.valueOf(URI.create(url).getPort()),
                        "CHAT_RATE_LIMITS",
                        "off",
                        "CHAT_WEBHOOK_URL",
                        receiver.url(),
                        "CHAT_WEBHOOK_SECRET",
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        await("readiness")
                .atMost(TIMEOUT)
                .pollInterval(POLL_INTERVAL)
                .ignoreExceptions()
                .until(() -> status("/health/ready") == 200);
    }

    /** Kills a process at a random time, once some messages are acknowledged. */
    private void killDuring(ChatClients clients, Runnable kill) throws Exception {
        clients.ledger().more(random.nextInt(50, 200)).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        clients.runAfter(random.nextInt(MAX_DELAY_MICROS), kill);
    }

    private int status(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }
}
