package io.roomcast.chat.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cases that both protocol suites share: opening, heartbeats, closing and upgrades. */
abstract class EngineCases {
    private static final String OPENED = "0\\{\"sid\":\"[\\w-]+\",\"upgrades\":\\[%s],"
            + "\"pingInterval\":300000,\"pingTimeout\":300000,\"maxPayload\":65536}";
    private static final String PATH = "/socket.io/";
    static final String POLLING = PATH + "?EIO=4&transport=polling";

    EchoServer server;
    int port;

    abstract EngineListener.Factory listeners();

    /** Asserts that the session of the WebSocket is open. */
    abstract void assertAlive(RawWebSocket socket);

    @BeforeEach
    void start() {
        server = EchoServer.patient(listeners());
        port = server.port();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void polling_session_opens() {
        RawHttp.Response opened = RawHttp.get(port, POLLING);
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.body()).matches(OPENED.formatted("\"websocket\""));
    }

    @Test
    void polling_with_an_unknown_version_is_rejected() {
        assertThat(RawHttp.get(port, PATH + "?transport=polling").status()).isEqualTo(400);
        assertThat(RawHttp.get(port, PATH + "?EIO=abc&transport=polling").status())
                .isEqualTo(400);
    }

    @Test
    void polling_with_an_unknown_transport_is_rejected() {
        assertThat(RawHttp.get(port, PATH + "?EIO=4").status()).isEqualTo(400);
        assertThat(RawHttp.get(port, PATH + "?EIO=4&transport=abc").status()).isEqualTo(400);
    }

    @Test
    void polling_session_opens_only_with_get() {
        assertThat(RawHttp.post(port, POLLING, "").status()).isEqualTo(400);
        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.exchange("PUT", POLLING, "").status()).isEqualTo(400);
        }
    }

    @Test
    void websocket_session_opens() {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            assertThat(socket.nextText()).matches(OPENED.formatted(""));
        }
    }

    @Test
    void websocket_with_an_unknown_version_is_rejected() {
        assertRefused(PATH + "?transport=websocket");
        assertRefused(PATH + "?EIO=abc&transport=websocket");
    }

    @Test
    void websocket_with_an_unknown_transport_is_rejected() {
        assertRefused(PATH + "?EIO=4");
        assertRefused(PATH + "?EIO=4&transport=abc");
    }

    private void assertRefused(String target) {
        assertThatThrownBy(() -> RawWebSocket.open(port, target)).hasMessageContaining(" 400 ");
    }

    @Test
    void polling_client_is_pinged_as_long_as_it_answers() {
        try (EchoServer pinging = EchoServer.pinging(listeners())) {
            RawPolling client = RawPolling.open(pinging.port());
            for (int i = 0; i < 3; i++) {
                assertThat(client.poll()).extracting("status", "body").containsExactly(200, "2");
                assertThat(client.push("3").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void polling_session_of_a_silent_client_closes() {
        try (EchoServer impatient = EchoServer.impatient(listeners())) {
            RawPolling client = RawPolling.open(impatient.port());
            impatient.awaitNoSessions();
            assertThat(client.poll().status()).isEqualTo(400);
        }
    }

    @Test
    void websocket_client_is_pinged_as_long_as_it_answers() {
        try (EchoServer pinging = EchoServer.pinging(listeners());
                RawWebSocket socket = opened(pinging)) {
            for (int i = 0; i < 3; i++) {
                assertThat(socket.nextText()).isEqualTo("2");
                socket.text("3");
            }
        }
    }

    @Test
    void websocket_session_of_a_silent_client_closes() {
        try (EchoServer impatient = EchoServer.impatient(listeners());
                RawWebSocket socket = opened(impatient)) {
            assertThat(socket.nextText()).isEqualTo("2");
            assertThat(socket.closeCode()).isEqualTo(1008);
            impatient.awaitNoSessions();
        }
    }

    @Test
    void polling_session_closes_with_a_close_packet() {
        RawPolling client = RawPolling.open(port);
        try (RawHttp waiting = waitingPoll(client)) {
            assertThat(client.push("1").status()).isEqualTo(200);
            assertThat(waiting.read()).extracting("status", "body").containsExactly(200, "6");
        }
        assertThat(client.poll().status()).isEqualTo(400);
        server.awaitNoSessions();
    }

    /** Sends a poll, and waits until the session has received it. */
    RawHttp waitingPoll(RawPolling client) {
        int before = server.requests();
        RawHttp waiting = new RawHttp(port);
        waiting.send("GET", client.target(), "");
        server.awaitRequestAfter(before);
        return waiting;
    }

    @Test
    void websocket_session_closes_with_a_close_packet() {
        try (RawWebSocket socket = opened()) {
            socket.text("1");
            assertThat(socket.closeCode()).isEqualTo(1000);
        }
        server.awaitNoSessions();
    }

    @Test
    void session_upgrades_from_polling_to_websocket() {
        RawPolling client = RawPolling.open(port);
        try (RawWebSocket socket = RawWebSocket.open(port, upgrade(client))) {
            socket.text("2probe");
            assertThat(socket.nextText()).isEqualTo("3probe");
            assertThat(client.poll()).extracting("status", "body").containsExactly(200, "6");
            socket.text("5");
            assertAlive(socket);
        }
    }

    @Test
    void polling_is_rejected_after_the_upgrade() {
        RawPolling client = RawPolling.open(port);
        try (RawWebSocket socket = moved(client)) {
            assertThat(client.poll().status()).isEqualTo(400);
            assertAlive(socket);
        }
    }

    @Test
    void second_websocket_is_rejected_after_the_upgrade() {
        RawPolling client = RawPolling.open(port);
        try (RawWebSocket socket = moved(client)) {
            try (RawWebSocket second = RawWebSocket.open(port, upgrade(client))) {
                assertThat(second.closeCode()).isEqualTo(1008);
            }
            assertAlive(socket);
        }
    }

    /**
     * Upgrades a polling session. The reply to the frame after the upgrade packet shows that the packet was handled.
     */
    private RawWebSocket moved(RawPolling client) {
        RawWebSocket socket = RawWebSocket.open(port, upgrade(client));
        socket.text("2probe");
        assertThat(socket.nextText()).isEqualTo("3probe");
        socket.text("5");
        socket.frame(true, RawWebSocket.PING, new byte[] {7});
        assertThat(socket.next().opcode()).isEqualTo(RawWebSocket.PONG);
        return socket;
    }

    private static String upgrade(RawPolling client) {
        return client.target().replace("transport=polling", "transport=websocket");
    }

    RawWebSocket opened() {
        return opened(server);
    }

    /** Opens a WebSocket and reads the open packet. */
    static RawWebSocket opened(EchoServer at) {
        RawWebSocket socket = RawWebSocket.open(at.port());
        assertThat(socket.nextText()).startsWith("0{");
        return socket;
    }
}
