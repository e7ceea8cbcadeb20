package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.testkit.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is unavailable for a time while the server runs. */
class StoreOutageTest {
    private MongoServer mongo;
    private FaultProxy proxy;
    private ChatServer server;

    @BeforeEach
    void start() {
        mongo = new MongoServer(new MemoryBackend());
        proxy = new FaultProxy(mongo.bind().getPort());
        String uri = "mongodb://127.0.0.1:" + proxy.port() + "/chat";
        server = ChatServer.builder()
                .port(0)
                .store(MongoChatStore.connect(uri))
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        proxy.close();
        mongo.shutdownNow();
    }

    @Test
    void message_is_refused_in_time_and_accepted_after_the_return() {
        try (RawWebSocket alice = RawWebSocket.connected(server.port())) {
            assertThat(alice.ask(1, message("before"))).contains("\"success\":true");
            proxy.down();
            Instant begin = Instant.now();
            assertThat(alice.ask(2, message("during")))
                    .contains("\"success\":false")
                    .containsPattern("\"code\":\"(storage_unavailable|timeout)\"")
                    .contains("\"retryable\":true", "\"clientMessageId\":\"during\"");
            assertThat(alice.ask(3, message("still")))
                    .containsPattern("\"error\":\"(Message could not be stored|Storage is unavailable)\","
                            + "\"code\":\"storage_unavailable\"");
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(RawHttp.get(server.port(), "/health/live").status()).isEqualTo(200);
            assertThat(RawHttp.get(server.port(), "/health/ready").status()).isEqualTo(503);

            proxy.up();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> alice.ask(4, message("during")).contains("\"success\":true"));
            assertThat(RawHttp.get(server.port(), "/health/ready").status()).isEqualTo(200);
            assertThat(alice.ask(5, "[\"getMessages\",{\"conversationId\":\"r\"}]"))
                    .containsSubsequence("\"content\":\"before\"", "\"content\":\"during\"")
                    .contains("\"latestSeq\":2");
        }
    }

    private static String message(String key) {
        return "[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"alice\",\"content\":\"" + key
                + "\",\"clientMessageId\":\"" + key + "\"}]";
    }
}
