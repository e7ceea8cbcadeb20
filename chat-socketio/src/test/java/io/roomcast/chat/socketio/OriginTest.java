package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Opens a session, if the server permits it, and ends it. */
    private Response open(String... headers) {
        Response opened = RawHttp.get(port, POLLING, headers);
        RawPolling.leave(port, POLLING, opened);
        return opened;
    }

    @Test
    void page_of_an_allowed_origin_may_read_the_answer() {
        Response opened = open(GOOD);
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
                    .containsEntry("access-control-allow-methods", "DELETE, GET, HEAD, PATCH, POST, PUT")
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
        assertThat(open(header).status()).isEqualTo(403);
        assertThat(RawHttp.get(port, "/api/conversations/r/messages", header).status())
                .isEqualTo(403);
        assertThatThrownBy(() -> RawWebSocket.open(port, WEBSOCKET, header)).hasMessageContaining("403");
    }

    @Test
    void program_without_an_origin_is_let_in() {
        assertThat(open().status()).isEqualTo(200);
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

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3001, localhost:3001, true",
        "https://localhost:3001, localhost:3001, true",
        "https://localhost, localhost, true",
        "http://localhost, localhost:80, true",
        "https://localhost, localhost:443, true",
        "https://LOCALHOST, localhost, true",
        "ws://localhost:3001, localhost:3001, true",
        "http://127.0.0.1:3001, 127.0.0.1:3001, true",
        "http://[::1]:3001, [::1]:3001, true",
        "http://localhost:3001, 127.0.0.1:3001, false",
        "http://localhost:3002, localhost:3001, false",
        "http://localhost, localhost:3001, false",
        "https://localhost:8443, localhost, false",
        "capacitor://localhost, localhost, false",
        "localhost, localhost, false",
        "null, null, false"
    })
    void page_of_the_servers_own_host_and_port_may_talk_to_it(String origin, String host, boolean permitted) {
        assertThat(open("Origin: http://localhost:" + port).status()).isEqualTo(200);
        try (RawHttp http = new RawHttp(port)) {
            http.write(("GET " + POLLING + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            Response answer = http.read();
            assertThat(answer.status()).isEqualTo(permitted ? 200 : 403);
            RawPolling.leave(port, POLLING, answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/contract/asyncapi.yaml", "/api/contract/chat-events.d.ts"})
    void file_is_given_to_every_page_but_only_allowed_ones_may_read_it(String target) {
        for (String header : new String[] {
            "Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"
        }) {
            Response file = RawHttp.get(port, target, header);
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.headers()).doesNotContainKey("access-control-allow-origin");
        }
        assertThat(RawHttp.get(port, target, GOOD).headers()).containsKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @CsvSource({"cross-site, 403", "same-site, 403", "odd, 403", "same-origin, 200", "none, 200"})
    void request_that_a_browser_sends_for_another_site_is_refused(String site, int status) {
        int before = server.stats().polling();
        Response opened = RawHttp.get(port, POLLING, "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: no-cors");
        assertThat(opened.status()).isEqualTo(status);
        assertThat(RawHttp.get(port, "/api/conversations/r/messages", "Sec-Fetch-Site: " + site)
                        .status())
                .isEqualTo(status);
        assertThat(server.stats().polling()).isEqualTo(before + (status == 200 ? 1 : 0));
        RawPolling.leave(port, POLLING, opened);
        assertThat(open(GOOD, "Sec-Fetch-Site: " + site).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            x-tenant-id                          | x-tenant-id
            Authorization,X-Request-Id , traceparent | Authorization, X-Request-Id, traceparent
            x-a, , x-b                           | x-a, x-b
            x a, x-b                             | x-b
            -                                    | -
            """)
    void preflight_allows_the_headers_that_it_names(String asked, String allowed) {
        String[] headers = asked == null
                ? new String[] {GOOD, "Access-Control-Request-Method: POST"}
                : new String[] {GOOD, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: " + asked
                };
        try (RawHttp http = new RawHttp(port)) {
            Response answer = http.exchange("OPTIONS", "/api/conversations/r/messages", "", headers);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers().get("access-control-allow-headers")).isEqualTo(allowed);
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-private-network");
        }
    }

    @Test
    void preflight_from_a_public_page_to_a_private_network_is_answered() {
        try (RawHttp http = new RawHttp(port)) {
            Response answer = http.exchange(
                    "OPTIONS",
                    POLLING,
                    "",
                    GOOD,
                    "Access-Control-Request-Method: GET",
                    "Access-Control-Request-Private-Network: true");
            assertThat(answer.headers()).containsEntry("access-control-allow-private-network", "true");
        }
    }

    @Test
    void preflight_of_another_origin_allows_nothing() {
        try (RawHttp http = new RawHttp(port)) {
            Response answer = http.exchange(
                    "OPTIONS",
                    POLLING,
                    "",
                    "Origin: https://evil.example",
                    "Access-Control-Request-Method: GET",
                    "Access-Control-Request-Headers: x-a");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        }
    }

    @Test
    void refused_origin_is_counted_and_logged_once_with_the_setting() {
        try (LogLines log = LogLines.capture()) {
            for (int i = 0; i < 100; i++) {
                open("Origin: https://shop.example");
            }
            open("Origin: https://blog.example");
            assertThat(log.of(RejectionLog.class))
                    .allMatch(line -> line.contains("WARN") && line.contains("allowedOrigins (CLIENT_URL)"))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("https://shop.example"),
                            line -> assertThat(line).contains("https://blog.example"));
        }
        assertThat(server.stats().refusedRequests()).isEqualTo(101);
    }

    @Test
    void lines_about_refused_origins_are_limited() {
        try (LogLines log = LogLines.capture()) {
            for (int i = 0; i < 100; i++) {
                open("Origin: https://shop" + i + ".example");
            }
            assertThat(log.of(RejectionLog.class)).hasSizeBetween(10, 60);
        }
    }

    @Test
    void log_has_nothing_of_an_origin_that_is_none() {
        try (LogLines log = LogLines.capture()) {
            open("Origin: https://evil.example/secret forged line");
            assertThat(log.of(RejectionLog.class)).hasSize(1);
            assertThat(log.text()).doesNotContain("secret", "forged");
        }
    }
}
