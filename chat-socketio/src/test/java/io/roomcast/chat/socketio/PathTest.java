package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The path of the Socket.IO endpoint. */
class PathTest {
    private static final String QUERY = "?EIO=4&transport=";

    /** Opens a session, if the server permits it, and ends it. */
    private static Response open(int port, String endpoint) {
        Response opened = RawHttp.get(port, endpoint + QUERY + "polling");
        RawPolling.leave(port, endpoint + QUERY + "polling", opened);
        return opened;
    }

    @ParameterizedTest
    @CsvSource({
        "/chat/socket.io, /chat/socket.io/",
        "chat, /chat/",
        "/chat/, /chat/",
        "//chat//, /chat/",
        "' /chat ', /chat/",
        "/socket.io, /socket.io/",
        "/a/b-c/d_e/f~g.h, /a/b-c/d_e/f~g.h/"
    })
    void endpoint_is_at_the_path_and_nowhere_else(String path, String endpoint) {
        try (ChatServer server = ChatServer.builder().port(0).path(path).build().start()) {
            assertThat(open(server.port(), endpoint).body()).startsWith("0{");
            try (RawWebSocket socket = RawWebSocket.open(server.port(), endpoint + QUERY + "websocket")) {
                assertThat(socket.nextText()).startsWith("0{");
            }
            assertThat(RawHttp.get(server.port(), "/other" + endpoint + QUERY + "polling")
                            .status())
                    .isEqualTo(404);
            assertThat(open(server.port(), "/socket.io/").status())
                    .isEqualTo(endpoint.equals("/socket.io/") ? 200 : 404);
            assertThat(RawHttp.get(server.port(), "/health/live").status()).isEqualTo(200);
            assertThat(RawHttp.get(server.port(), "/api/contract/asyncapi.yaml").body())
                    .contains("pathname: " + endpoint + "\n");
        }
    }

    @Test
    void client_connects_by_its_option() throws Exception {
        Map<String, String> variables = Map.of("SOCKET_PORT", "0", "CHAT_PATH", "/chat/socket.io/");
        try (ChatServer server =
                ChatServer.builder().fromEnvironment(variables).build().start()) {
            IO.Options options = IO.Options.builder().setPath("/chat/socket.io").build();
            Socket client = IO.socket(URI.create("http://localhost:" + server.port()), options);
            CountDownLatch connected = new CountDownLatch(1);
            client.on("session", session -> connected.countDown());
            client.connect();
            assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "//", "/api", "/api/chat", "/health", "/a b", "/a?b", "/a#b", "/%61", "/ü", "/a//b"})
    void other_paths_are_refused(String path) {
        assertThat(ChatServer.builder().path(path).mistakes())
                .singleElement()
                .asString()
                .startsWith("path: " + path + " (expected: ");
    }

    @Test
    void path_is_the_default_of_the_clients() {
        assertThatCode(() -> {
                    try (ChatServer server =
                            ChatServer.builder().port(0).build().start()) {
                        assertThat(open(server.port(), ChatServerBuilder.DEFAULT_PATH + "/")
                                        .status())
                                .isEqualTo(200);
                    }
                })
                .doesNotThrowAnyException();
    }
}
