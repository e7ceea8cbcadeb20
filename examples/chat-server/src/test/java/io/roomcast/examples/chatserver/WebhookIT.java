package io.roomcast.examples.chatserver;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills the server and the receiver of its webhook with SIGKILL while clients send. Set the property {@code kills} for more
 * kills than in each build.
 */
@Timeout(1_200)
class WebhookIT extends KilledServerCase {
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final Duration REST = Duration.ofMinutes(5);

    WebhookIT() {
        super(20_261_129, TIMEOUT);
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
        startServer(Map.of(
                "CHAT_WEBHOOK_URL", receiver.url(), "CHAT_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }
}
