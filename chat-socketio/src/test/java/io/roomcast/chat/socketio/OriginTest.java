package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    private static final String GOOD = "Origin: https://app.example.com";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private ChatServer server;
    private int port;

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .port(0)
                .allowedOrigins("https://app.example.com", "http://localhost:3000")
                .build()
                .start();
        port = server.port();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void page_of_an_allowed_origin_may_read_the_answer() {
        Response opened = RawHttp.get(port, POLLING, GOOD);
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.headers())
                .containsEntry("access-control-allow-origin", "https://app.example.com")
                .containsEntry("access-control-allow-credentials", "true")
                .containsEntry("vary", "origin");
        try (RawWebSocket socket = RawWebSocket.open(port, WEBSOCKET, GOOD)) {
            assertThat(socket.nextText()).startsWith("0{");
        }
    }

    @Test
    void preflight_is_answered_without_a_session() {
        try (RawHttp http = new RawHttp(port)) {
            Response answer = http.exchange("OPTIONS", POLLING, "", GOOD, "Access-Control-Request-Method: POST");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers())
                    .containsEntry("access-control-allow-methods", "GET, POST")
                    .containsEntry("access-control-allow-origin", "https://app.example.com");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://app.example.com.evil.example",
                "http://app.example.com",
                "https://app.example.com:444",
                "null",
                ""
            })
    void page_of_another_origin_is_refused_on_every_way_in(String origin) {
        String header = "Origin: " + origin;
        assertThat(RawHttp.get(port, POLLING, header).status()).isEqualTo(403);
        assertThat(RawHttp.get(port, "/api/conversations/r/messages", header).status())
                .isEqualTo(403);
        assertThatThrownBy(() -> RawWebSocket.open(port, WEBSOCKET, header)).hasMessageContaining("403");
    }

    @Test
    void program_without_an_origin_is_let_in() {
        assertThat(RawHttp.get(port, POLLING).status()).isEqualTo(200);
    }

    @Test
    void server_that_believes_everybody_answers_only_to_names_of_this_machine() {
        assertThat(asHost("localhost:" + port)).isEqualTo(200);
        assertThat(asHost("127.0.0.1:" + port)).isEqualTo(200);
        assertThat(asHost("[::1]:" + port)).isEqualTo(200);
        assertThat(asHost("rebound.example:" + port)).isEqualTo(403);
        assertThat(asHost("localhost.evil.example")).isEqualTo(403);
    }

    private int asHost(String host) {
        try (RawHttp http = new RawHttp(port)) {
            http.write(("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return http.read().status();
        }
    }
}
