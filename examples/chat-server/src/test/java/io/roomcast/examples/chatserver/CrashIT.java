package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills processes with SIGKILL while clients send, and compares the acknowledged messages with the stored ones. */
@Timeout(300)
class CrashIT extends KilledServerCase {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    CrashIT() {
        super(20_261_122, TIMEOUT);
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
}
