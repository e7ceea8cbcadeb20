package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients behind a trusted proxy, whose connections all have the proxy's address. */
@OnEachTransport
class ForwardedClientsTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String CLIENT = "X-Forwarded-For: 9.9.9.9, 203.0.113.7, 127.0.0.2";
    private static final String OTHER = "X-Forwarded-For: 203.0.113.8";
    private static final int LIMIT = 5;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ChatServer server;

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .port(0)
                .trustedProxies("127.0.0.0/8")
                .limits(Limits.builder().connectionsPerAddress(LIMIT).build())
                .build()
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable connection : open) {
            connection.close();
        }
        server.close();
    }

    @Test
    void address_has_so_many_websockets_and_no_more() {
        for (int i = 0; i < LIMIT; i++) {
            connect(CLIENT);
        }
        assertThatThrownBy(() -> connect(CLIENT)).hasMessageContaining(" 429 ");
        connect(OTHER);
        ((RawWebSocket) open.get(0)).close();
        await().pollDelay(Duration.ZERO).ignoreExceptions().until(() -> connect(CLIENT) != null);
    }

    @Test
    void address_has_so_many_polling_sessions_and_no_more() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(poll(CLIENT).status()).isEqualTo(200);
        }
        assertThat(poll(CLIENT).status()).isEqualTo(429);
        assertThat(poll(OTHER).status()).isEqualTo(200);
    }

    /** Opens a polling session, which is closed after the test. */
    private RawHttp.Response poll(String client) {
        RawHttp.Response opened = RawHttp.get(server.port(), POLLING, client);
        open.add(() -> RawPolling.leave(server.port(), POLLING, opened));
        return opened;
    }

    @Test
    void session_that_has_ended_makes_room_for_another() {
        for (int i = 0; i < 3 * LIMIT; i++) {
            String opened = RawHttp.get(server.port(), POLLING, CLIENT).body();
            String sid = opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            assertThat(RawHttp.post(server.port(), POLLING + "&sid=" + sid, "1", CLIENT)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void address_has_so_many_waiting_requests_and_no_more() {
        for (int i = 0; i < LIMIT; i++) {
            String opened = RawHttp.get(server.port(), POLLING, "X-Forwarded-For: 8.8.8." + i)
                    .body();
            String sid = opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            RawHttp poll = new RawHttp(server.port());
            open.add(poll);
            poll.send("GET", POLLING + "&sid=" + sid, "", CLIENT);
        }
        await().pollDelay(Duration.ZERO).until(() -> status(CLIENT) == 429);
        assertThat(status(OTHER)).isEqualTo(200);
    }

    private int status(String client) {
        return RawHttp.get(server.port(), "/health/live", client).status();
    }

    @Test
    void connection_that_a_proxy_keeps_has_no_user_between_requests() {
        try (RawHttp kept = new RawHttp(server.port())) {
            for (int i = 0; i < 3 * LIMIT; i++) {
                assertThat(kept.exchange("GET", "/health/live", "", CLIENT).status())
                        .isEqualTo(200);
            }
        }
    }

    private RawWebSocket connect(String client) {
        RawWebSocket socket = RawWebSocket.open(server.port(), WEBSOCKET, client);
        open.add(socket);
        return socket;
    }
}
