package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official Java client with a server that rejects it temporarily. */
@OnEachTransport
class JavaClientRetryTest {
    private final Queue<String> events = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @CsvSource({
        "websocket, rate_limited",
        "websocket, internal_error",
        "polling, storage_unavailable",
        "polling, timeout"
    })
    void client_reconnects_after_a_retryable_refusal(String transport, String code) {
        try (ServerUnderTest server = ServerUnderTest.busy()) {
            Socket socket = socket(server, transport, "token-" + code + "-java");
            await().atMost(20, TimeUnit.SECONDS).until(() -> events.contains("session"));
            socket.disconnect();
        }
    }

    @ParameterizedTest
    @CsvSource({"websocket", "polling"})
    void client_can_send_its_positions_as_text(String transport) {
        try (ServerUnderTest server = ServerUnderTest.open()) {
            Socket socket = socket(server, transport, "none");
            await().atMost(20, TimeUnit.SECONDS).until(() -> events.contains("session"));
            assertThat(events).doesNotContain("syncRequired");
            socket.disconnect();
        }
    }

    private Socket socket(ServerUnderTest server, String transport, String token) {
        IO.Options options = new IO.Options();
        options.forceNew = true;
        options.reconnectionDelay = 50;
        options.reconnectionDelayMax = 100;
        options.transports = new String[] {transport};
        options.auth = Map.of(
                "token",
                token,
                "resume",
                "{\"rooms\":{}}",
                "features",
                "[\"messagesBatch\"]",
                "device",
                "{\"platform\":\"java\"}");
        Socket socket = IO.socket(URI.create(server.url()), options);
        for (String event : List.of("session", "syncRequired")) {
            socket.on(event, arguments -> events.add(event));
        }
        return socket.connect();
    }
}
