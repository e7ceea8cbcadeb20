package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawHttp;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code Host} header has one well-formed value, whatever names the server answers to. */
class HostHeaderTest {
    private static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.builder()
                .port(0)
                .host("127.0.0.1")
                .authenticator(Principal::of)
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int status(String request) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(request.getBytes(StandardCharsets.ISO_8859_1));
            return http.read().status();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost:abc",
                "localhost:80x",
                "localhost:-1",
                "localhost:+80",
                "localhost:65536",
                "localhost:99999",
                "localhost:123456",
                "localhost:4294967376",
                "localhost:0",
                "localhost:80:80",
                "localhost: 80",
                "localhost :80",
                ":80",
                "a b",
                "a\tb",
                "a/b",
                "a?b",
                "a#b",
                "a@b",
                "user@localhost",
                "user:pass@localhost",
                "a\\b",
                "a\"b",
                "<a>",
                "http://localhost",
                "%",
                "%4",
                "%zz",
                "h\u00e9",
                "a|b",
                "[",
                "]",
                "[]",
                "[]:80",
                "[::1",
                "::1]",
                "::1",
                "::1:80",
                "[::1]x",
                "[::1]80",
                "[::1]:x",
                "[::1]:65536",
                "[::1]:0",
                "[[::1]]",
                "[1.2.3.4]",
                "[localhost]",
                "[:::1]",
                "[1:2:3:4:5:6:7]",
                "[::1%25lo]",
                "[v1.a]",
                "[12345::1]",
                "a[::1]",
                "localhost, localhost"
            })
    void malformed_host_is_refused(String host) {
        assertThat(status("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .isEqualTo(400);
        assertThat(status("GET /health/live HTTP/1.0\r\nHost: " + host + "\r\n\r\n"))
                .isEqualTo(400);
        assertThat(status("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "localhost:1",
                "localhost:65535",
                "localhost:00080",
                "localhost:",
                "chat.example.",
                "chat_1.internal:3001",
                "xn--bcher-kva.example",
                "127.0.0.1",
                "127.0.0.1:3001",
                "[::1]",
                "[::1]:3001",
                "[::1]:",
                "[2001:DB8::1]",
                "[::ffff:127.0.0.1]:80",
                "a%2Db",
                "1"
            })
    void well_formed_host_is_accepted(String host) {
        assertThat(status("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .isEqualTo(200);
        assertThat(status("GET http://" + host + "/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: a\r\nHost: a\r\n",
                "Host: a\r\nhost: b\r\n",
                "Host: a\r\nHost:\r\n",
                "Host:\r\nHost: a\r\n",
                "X-Host: a\r\n",
                "Host : a\r\n",
                " Host: a\r\n"
            })
    void request_has_one_host(String headers) {
        assertThat(status("GET /health/live HTTP/1.1\r\n" + headers + "\r\n")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:///health/live", "http://a:b/health/live", "http://a:65536/health/live", "http://u@a/health/live",
                "http://[::1/health/live", "https://[x]/health/live", "http://?a", "HTTP://a%/health/live"
            })
    void malformed_host_of_a_whole_address_is_refused(String target) {
        assertThat(status("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .isEqualTo(400);
    }
}
