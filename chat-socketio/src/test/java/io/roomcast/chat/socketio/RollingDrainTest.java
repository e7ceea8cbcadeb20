package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.fixture.HeldStore;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ChatServer#drain} moves clients elsewhere while the server still works. */
@OnEachTransport
class RollingDrainTest {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
    private static final String SEND =
            "[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"late\"}]";

    private final HeldStore held = new HeldStore();
    private final ChatServer server = ChatServer.builder()
            .port(0)
            .store(held.around(ChatStore.inMemory()))
            .build()
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletableFuture<Void> drain(Duration timeout) {
        return CompletableFuture.runAsync(() -> server.drain(timeout));
    }

    private int status(String target) {
        return RawHttp.get(server.port(), target).status();
    }

    @Test
    void balancer_gets_notice_while_the_server_still_admits_clients() {
        CompletableFuture<Void> drained = drain(Duration.ofSeconds(30));
        await().until(() -> status("/health/ready") == 503);
        assertThat(RawHttp.get(server.port(), "/health/ready").body()).isEqualTo("{\"status\":\"draining\"}");
        assertThat(status("/health/live")).isEqualTo(200);
        RawPolling.connected(server.port());
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
        }
        RawPolling.leaveAll(server.port());
        server.close();
        drained.join();
    }

    @Test
    void each_client_gets_its_own_time_and_is_disconnected_without_a_disconnect_packet() {
        List<RawWebSocket> sockets = IntStream.range(0, 5)
                .mapToObj(i -> RawWebSocket.connected(server.port()))
                .toList();
        CompletableFuture<Void> drained = drain(Duration.ofSeconds(4));
        assertThat(sockets).allSatisfy(socket -> {
            assertThat(socket.nextText())
                    .matches("42\\[\"serverDraining\",\\{\"reconnectInMs\":\\d{1,3},\"deadlineMs\":\\d{1,3}}]");
            assertThat(socket.next().opcode()).isEqualTo(RawWebSocket.CLOSE);
        });
        drained.join();
        sockets.forEach(RawWebSocket::close);
        assertThat(server.toString()).contains("stopped");
    }

    @Test
    void polling_client_receives_the_announcement_and_the_close_packet() {
        RawPolling client = RawPolling.connected(server.port());
        CompletableFuture<Void> drained = drain(Duration.ofSeconds(4));
        assertThat(client.next()).startsWith("42[\"serverDraining\",");
        assertThat(client.next()).isEqualTo("1");
        drained.join();
    }

    @Test
    void new_sessions_are_refused_while_others_are_still_served() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            CompletableFuture<Void> drained = drain(Duration.ofSeconds(6));
            assertThat(socket.nextText()).startsWith("42[\"serverDraining\",");
            assertThat(status(HANDSHAKE)).isEqualTo(503);
            assertThat(status("/api/conversations/r/messages")).isEqualTo(503);
            assertThat(status("/health/live")).isEqualTo(200);
            assertThat(socket.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
            assertThat(socket.closeCode()).isEqualTo(1001);
            drained.join();
        }
    }

    @Test
    void client_is_disconnected_after_its_running_commands() throws Exception {
        HeldStore.Hold append = held.next("append");
        try (RawWebSocket busy = RawWebSocket.connected(server.port());
                RawWebSocket idle = RawWebSocket.connected(server.port())) {
            busy.text("421" + SEND);
            append.awaitReached();
            CompletableFuture<Void> drained = drain(Duration.ofSeconds(3));
            assertThat(busy.nextText()).startsWith("42[\"serverDraining\",{\"reconnectInMs\":0,");
            assertThat(idle.closeCode()).isEqualTo(1001);
            append.release();
            assertThat(busy.nextText()).startsWith("431[{\"success\":true,");
            assertThat(busy.next().opcode()).isEqualTo(RawWebSocket.CLOSE);
            drained.join();
        }
    }

    @Test
    void client_whose_commands_do_not_end_holds_up_the_drain_until_its_timeout() throws Exception {
        HeldStore.Hold append = held.next("append");
        try (RawWebSocket busy = RawWebSocket.connected(server.port())) {
            busy.text("421" + SEND);
            append.awaitReached();
            CompletableFuture<Void> drained = drain(Duration.ofSeconds(1));
            assertThat(busy.closeCode()).isEqualTo(1001);
            append.release();
            drained.join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3_000, 30_000})
    void server_without_clients_drains(int millis) {
        CompletableFuture<Void> drained = drain(Duration.ofMillis(millis));
        if (millis == 30_000) {
            await().until(() -> status("/health/ready") == 503);
            server.close();
        }
        drained.join();
        assertThat(server.toString()).contains("stopped");
    }

    @Test
    void stop_ends_a_drain() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            CompletableFuture<Void> drained = drain(Duration.ofSeconds(60));
            await().until(() -> status("/health/ready") == 503);
            server.close();
            drained.join();
            assertThat(socket.closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void interrupted_drain_stops_the_server() throws Exception {
        Thread draining = new Thread(() -> server.drain(Duration.ofSeconds(60)));
        draining.start();
        await().until(() -> status("/health/ready") == 503);
        draining.interrupt();
        draining.join();
        assertThat(server.toString()).contains("stopped");
    }

    @Test
    void negative_time_is_refused_and_a_server_that_never_started_is_closed() {
        assertThatThrownBy(() -> server.drain(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        ChatServer unstarted = ChatServer.builder().port(0).build();
        unstarted.drain(Duration.ofSeconds(60));
        assertThat(unstarted.toString()).contains("stopped");
    }
}
