package io.roomcast.chat.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requirements of RFC 6455 for the HTTP request that opens a WebSocket. */
@OnEachTransport
class WebSocketHandshakeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";
    private static final String CONNECTION = "Connection: Upgrade\r\n";
    private static final String UPGRADE = "Upgrade: websocket\r\n";
    private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private static EchoServer server;

    @BeforeAll
    static void start() {
        server = EchoServer.patient(EngineEcho::new);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void other_clients_are_served_and_no_session_remains() {
        assertThat(answer("GET", "HTTP/1.1", CONNECTION + UPGRADE + VERSION + KEY)
                        .status())
                .isEqualTo(101);
        server.awaitNoSessions();
    }

    @Test
    void key_has_the_accept_value_of_the_rfc() {
        Response answer = answer("GET", "HTTP/1.1", CONNECTION + UPGRADE + VERSION + KEY);
        assertThat(answer.headers())
                .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                .containsEntry("upgrade", "websocket");
    }

    @ParameterizedTest
    @CsvSource({
        "upgrade, websocket",
        "UPGRADE, WEBSOCKET",
        "'keep-alive, Upgrade', WebSocket",
        "'Upgrade,keep-alive', 'websocket'"
    })
    void case_and_order_of_tokens_do_not_matter(String connection, String upgrade) {
        String headers = "CONNECTION: " + connection + "\r\nupgrade: " + upgrade + "\r\n" + VERSION + KEY;
        assertThat(answer("GET", "HTTP/1.1", headers).status()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits, permessage-deflate",
                "x-webkit-deflate-frame",
                "permessage-deflate; server_max_window_bits=99",
                "nonsense;;;="
            })
    void no_extension_is_accepted(String offer) {
        String headers = CONNECTION + UPGRADE + VERSION + KEY + "Sec-WebSocket-Extensions: " + offer + "\r\n";
        Response answer = answer("GET", "HTTP/1.1", headers);
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.headers()).doesNotContainKey("sec-websocket-extensions");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mqtt             | mqtt
            mqtt, chat       | mqtt
            'mqtt,chat'      | mqtt
            v10.stomp , x    | v10.stomp
            """)
    void first_subprotocol_is_selected(String offered, String chosen) {
        String headers = CONNECTION + UPGRADE + VERSION + KEY + "Sec-WebSocket-Protocol: " + offered + "\r\n";
        Response answer = answer("GET", "HTTP/1.1", headers);
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.headers()).containsEntry("sec-websocket-protocol", chosen);
    }

    @Test
    void subprotocols_may_be_in_several_headers() {
        String headers =
                CONNECTION + UPGRADE + VERSION + KEY + "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b\r\n";
        assertThat(answer("GET", "HTTP/1.1", headers).headers()).containsEntry("sec-websocket-protocol", "a");
    }

    @Test
    void no_subprotocol_is_selected_if_none_is_offered() {
        assertThat(answer("GET", "HTTP/1.1", CONNECTION + UPGRADE + VERSION + KEY)
                        .headers())
                .doesNotContainKey("sec-websocket-protocol");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,", ",a", "a b", "a;b", "\"a\""})
    void malformed_subprotocol_is_rejected(String offered) {
        String headers = CONNECTION + UPGRADE + VERSION + KEY + "Sec-WebSocket-Protocol: " + offered + "\r\n";
        assertThat(answer("GET", "HTTP/1.1", headers).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "8", "12", "14", "255", "13, 8", "thirteen"})
    void response_to_another_version_contains_the_supported_one(String version) {
        Response answer =
                answer("GET", "HTTP/1.1", CONNECTION + UPGRADE + KEY + "Sec-WebSocket-Version: " + version + "\r\n");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers()).containsEntry("sec-websocket-version", "13");
    }

    @Test
    void response_to_a_missing_version_contains_the_supported_one() {
        Response answer = answer("GET", "HTTP/1.1", CONNECTION + UPGRADE + KEY);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers()).containsEntry("sec-websocket-version", "13");
    }

    @Test
    void hixie_draft_is_rejected() {
        String headers = CONNECTION + "Upgrade: WebSocket\r\nSec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\n"
                + "Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n";
        assertThat(answer("GET", "HTTP/1.1", headers, "^n:ds[4U").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sec-WebSocket-Key: \r\n",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ\r\n",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j\r\n",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZWVl\r\n",
                "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==\r\n"
            })
    void key_that_is_not_16_bytes_is_rejected(String key) {
        assertThat(answer("GET", "HTTP/1.1", CONNECTION + UPGRADE + VERSION + key)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void other_method_is_rejected(String method) {
        assertThat(answer(method, "HTTP/1.1", CONNECTION + UPGRADE + VERSION + KEY)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void http_1_0_is_rejected() {
        assertThat(answer("GET", "HTTP/1.0", CONNECTION + UPGRADE + VERSION + KEY)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upgrade: h2c\r\n", "Upgrade: websockets\r\n"})
    void request_without_an_upgrade_is_rejected(String upgrade) {
        assertThat(answer("GET", "HTTP/1.1", CONNECTION + upgrade + VERSION + KEY)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: keep-alive\r\n", "Connection: Upgraded\r\n"})
    void upgrade_that_is_not_in_the_connection_header_is_rejected(String connection) {
        assertThat(answer("GET", "HTTP/1.1", connection + UPGRADE + VERSION + KEY)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECTION + UPGRADE + VERSION, CONNECTION + UPGRADE + KEY, UPGRADE + VERSION + KEY})
    void failed_handshake_does_not_prevent_an_upgrade(String headers) {
        RawPolling client = RawPolling.open(server.port());
        String target = client.target().replace("transport=polling", "transport=websocket");
        try (RawHttp failed = new RawHttp(server.port())) {
            failed.write(bytes("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n"));
            assertThat(assertTimeout(TIMEOUT, failed::read).status()).isEqualTo(400);
            try (RawWebSocket socket = RawWebSocket.open(server.port(), target)) {
                socket.text("2probe");
                assertThat(socket.nextText()).isEqualTo("3probe");
                socket.text("5");
                socket.text("4hello");
                assertThat(socket.nextText()).isEqualTo("4hello");
            }
        }
    }

    private static Response answer(String method, String protocol, String headers) {
        return answer(method, protocol, headers, "");
    }

    private static Response answer(String method, String protocol, String headers, String body) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes(
                    method + " " + TARGET + " " + protocol + "\r\nHost: localhost\r\n" + headers + "\r\n" + body));
            return assertTimeout(TIMEOUT, http::read);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
