package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEachTransport
class ServerStatsTest {
    private static final String LARGE = "x".repeat(100_000);
    private static final Limits FEW_BYTES =
            Limits.builder().contentLength(100_000).pendingBytes(65_536).build();

    private final ChatServer server =
            ChatServer.builder().port(0).limits(FEW_BYTES).build().start();

    @AfterEach
    void stop() {
        RawPolling.leaveAll(server.port());
        server.close();
    }

    @Test
    void server_that_did_nothing_counts_nothing() {
        assertThat(server.stats())
                .isEqualTo(new ServerStats(0, 0, 0, 0, 0, 0, 0, server.chat().stats()));
        assertThat(server.stats().chat().persisted()).isZero();
    }

    @Test
    void connections_are_counted_by_transport_and_move_with_an_upgrade() {
        RawPolling polling = RawPolling.connected(server.port());
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(server.stats()).extracting("polling", "webSockets").containsExactly(1, 1);
            try (RawWebSocket upgrade =
                    RawWebSocket.open(server.port(), polling.target().replace("polling", "websocket"))) {
                upgrade.text("2probe");
                upgrade.nextText();
                upgrade.text("5");
                await().untilAsserted(() -> assertThat(server.stats())
                        .extracting("polling", "webSockets")
                        .containsExactly(0, 2));
            }
            await().untilAsserted(() -> assertThat(server.stats())
                    .extracting("polling", "webSockets")
                    .containsExactly(0, 1));
            assertThat(socket.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
        }
        await().untilAsserted(() -> assertThat(server.stats().webSockets()).isZero());
    }

    @Test
    void events_count_when_they_are_answered() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.ask(1, "[\"joinRoom\",\"r\"]");
            socket.ask(2, "[\"joinRoom\",7]");
            socket.ask(3, "[\"nothing\"]");

            await().untilAsserted(() ->
                    assertThat(server.stats()).extracting("events", "refused").containsExactly(3L, 2L));
        }
    }

    @Test
    void client_that_accepts_too_little_is_notified() {
        RawPolling late = joined();
        for (int i = 0; i < 10; i++) {
            server.chat().send("r", NewMessage.system(LARGE.substring(90_000))).join();
        }
        String heard = late.next();
        while (!heard.contains("syncRequired")) {
            heard = late.next();
        }

        assertThat(server.stats())
                .extracting("slowClients", "slowClientsClosed")
                .containsExactly(1L, 0L);
    }

    @Test
    void client_for_whom_too_much_waits_is_cut_off() {
        joined();

        server.chat().send("r", NewMessage.system(LARGE)).join();

        await().untilAsserted(() -> assertThat(server.stats())
                .extracting("slowClients", "slowClientsClosed")
                .containsExactly(0L, 1L));
    }

    private RawPolling joined() {
        RawPolling polling = RawPolling.connected(server.port());
        polling.ask(1, "[\"joinRoom\",\"r\"]");
        return polling;
    }
}
