package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Every client learns that the server stops, also one that polls and is between two polls just then. */
@OnEachTransport
class DrainTest {
    private static final int CLIENTS = 20;

    @RepeatedTest(5)
    void clients_that_poll_by_new_connections_all_receive_the_announcement() {
        ChatServer server = ChatServer.builder().port(0).build().start();
        int port = server.port();
        List<RawPolling> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> RawPolling.connected(port))
                .toList();
        List<CompletableFuture<String>> heard = clients.stream()
                .map(client -> CompletableFuture.supplyAsync(() -> untilDraining(client)))
                .toList();
        server.close();
        assertThat(heard)
                .allSatisfy(announcement -> assertThat(announcement.join()).startsWith("42[\"serverDraining\","));
    }

    private static String untilDraining(RawPolling client) {
        String packet = client.next();
        while (!packet.startsWith("42[\"serverDraining\"")) {
            packet = client.next();
        }
        leave(client);
        return packet;
    }

    /** Closes the session, so that the server does not wait for its client until the window of the stop is over. */
    private static void leave(RawPolling client) {
        try {
            client.push("1");
        } catch (UncheckedIOException | IllegalStateException stopped) {
            // the server was faster
        }
    }

    @Test
    void clients_that_come_only_after_the_stop_began_receive_it_too() {
        ChatServer server = ChatServer.builder().port(0).build().start();
        List<RawPolling> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> RawPolling.connected(server.port()))
                .toList();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        await().until(() -> RawHttp.get(server.port(), "/health/ready").status() == 503);
        assertThat(clients)
                .allSatisfy(client -> assertThat(untilDraining(client)).contains("reconnectInMs"));
        stopped.join();
    }

    @Test
    void clients_that_never_come_hold_up_the_stop_for_seconds_only() {
        ChatServer server = ChatServer.builder().port(0).build().start();
        RawPolling.connected(server.port());
        long begin = System.nanoTime();
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            server.close();
            assertThat(socket.textsUpTo("serverDraining")).isNotEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }
}
