package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official Java client detects the end of its connection immediately, and not at a ping timeout. */
@OnEachTransport
class JavaClientDisconnectTest {
    private static final Duration FAR_BELOW_A_PING = Duration.ofSeconds(10);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ChatServer server = ChatServer.builder()
            .port(0)
            .host("127.0.0.1")
            .authenticator(Principal::of)
            .build()
            .start();

    private Socket socket;

    @AfterEach
    void close() {
        socket.close();
        server.close();
    }

    private void connect(String transport) {
        IO.Options options = IO.Options.builder()
                .setTransports(new String[] {transport})
                .setAuth(Map.of("token", "ann"))
                .setForceNew(true)
                .setReconnection(false)
                .build();
        socket = IO.socket(URI.create("http://127.0.0.1:" + server.port()), options);
        for (String event :
                List.of(Socket.EVENT_CONNECT, Socket.EVENT_DISCONNECT, "serverDraining", "sessionRevoked")) {
            socket.on(event, payload -> heard.add(event));
        }
        socket.connect();
        await().until(() -> heard.contains(Socket.EVENT_CONNECT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void client_detects_a_server_that_stops(String transport) {
        connect(transport);
        server.close();
        await().atMost(FAR_BELOW_A_PING).until(() -> heard.contains(Socket.EVENT_DISCONNECT));
        assertThat(heard).containsExactly(Socket.EVENT_CONNECT, "serverDraining", Socket.EVENT_DISCONNECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void client_detects_a_revoked_session(String transport) {
        connect(transport);
        server.chat().revoke("ann").join();
        await().atMost(FAR_BELOW_A_PING).until(() -> heard.contains(Socket.EVENT_DISCONNECT));
        assertThat(heard).containsExactly(Socket.EVENT_CONNECT, "sessionRevoked", Socket.EVENT_DISCONNECT);
    }
}
