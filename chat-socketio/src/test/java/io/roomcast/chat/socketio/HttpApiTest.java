package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {
    private static final String PATH = "/api/conversations/r/messages";
    private static final String JSON = "Content-Type: application/json";
    private static final String HELLO = "{\"senderId\":\"alice\",\"content\":\"hello\"}";

    @RegisterExtension
    final StartedServer server = new StartedServer();

    @Test
    void message_over_http_reaches_the_room() {
        try (RawWebSocket bob = RawWebSocket.connected(server.port())) {
            bob.ask(1, "[\"joinRoom\",\"r\"]");
            Response sent = RawHttp.post(server.port(), PATH, HELLO, JSON);
            assertThat(sent.status()).isEqualTo(200);
            assertThat(sent.body()).startsWith("{\"success\":true,\"message\":{\"id\":");
            assertThat(bob.nextText()).startsWith("42[\"receiveMessage\",{\"conversationId\":\"r\",\"message\":{");
        }
    }

    @Test
    void same_key_over_http_and_socket_is_one_message() {
        Response first = RawHttp.post(server.port(), PATH, HELLO, JSON, "Idempotency-Key: k1");
        Response second = RawHttp.post(server.port(), PATH, HELLO, JSON, "Idempotency-Key: k1");
        assertThat(first.body()).doesNotContain("duplicate");
        assertThat(second.body()).contains("\"duplicate\":true", "\"seq\":1,");
        try (RawWebSocket alice = RawWebSocket.connected(server.port())) {
            String again = "[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"alice\",\"content\":\"hello\","
                    + "\"clientMessageId\":\"k1\"}]";
            assertThat(alice.ask(1, again)).contains("\"duplicate\":true", "\"seq\":1,");
        }
        assertThat(RawHttp.get(server.port(), PATH).body()).contains("\"latestSeq\":1");
    }

    @Test
    void pages_are_read_by_their_cursors() {
        for (int i = 1; i <= 5; i++) {
            RawHttp.post(server.port(), PATH, HELLO, JSON);
        }
        assertThat(seqs("?limit=2")).isEqualTo("4,5 true");
        assertThat(seqs("?before=4&limit=2")).isEqualTo("2,3 true");
        assertThat(seqs("?before=3&limit=2")).isEqualTo("1,2 false");
        assertThat(seqs("?after=3")).isEqualTo("4,5 false");
        assertThat(seqs("?around=3&limit=3")).isEqualTo("2,3,4 true");
        assertThat(seqs("?after=9")).isEqualTo(" false");
    }

    private String seqs(String query) {
        String body = RawHttp.get(server.port(), PATH + query).body();
        StringBuilder seqs = new StringBuilder();
        java.util.regex.Pattern.compile("\"seq\":(\\d+)")
                .matcher(body)
                .results()
                .forEach(found -> seqs.append(seqs.isEmpty() ? "" : ",").append(found.group(1)));
        return seqs + (body.contains("\"hasMore\":true") ? " true" : " false");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /api/conversations/r/messages          | {}                                | 400 | missing_fields
            POST | /api/conversations/r/messages          | []                                | 400 | invalid_payload
            POST | /api/conversations/r/messages          | {"content":"x"}                   | 400 | missing_fields
            POST | /api/conversations/r/messages          | {"content":{"$gt":""}}            | 400 | invalid_payload
            POST | /api/conversations/r/messages          | {"senderId":"a","content":"x"     | 400 | invalid_payload
            GET  | /api/conversations/r/messages?before=x | ``                                | 400 | invalid_payload
            GET  | /api/conversations/r/messages?before=1&after=1 | ``                        | 400 | invalid_cursor
            PUT  | /api/conversations/r/messages          | ``                                | 405 | not_supported
            POST | /api/conversations/r/sync              | {}                                | 405 | not_supported
            GET  | /api/conversations/r/read              | ``                                | 405 | not_supported
            PUT  | /api/conversations                     | {}                                | 405 | not_supported
            GET  | /api/conversations/r/sync              | ``                                | 400 | missing_fields
            GET  | /api/conversations/r/sync?afterSeq=x   | ``                                | 400 | invalid_payload
            GET  | /api/conversations/r/sync?epoch=e&limit=0 | ``                             | 400 | invalid_payload
            POST | /api/conversations/r/read              | {}                                | 400 | missing_fields
            POST | /api/conversations/r/read              | {"upToSeq":"1"}                   | 400 | invalid_payload
            GET  | /api/conversations?limit=x             | ``                                | 400 | invalid_payload
            GET  | /api/conversations?after=!             | ``                                | 400 | invalid_cursor
            POST | /api/conversations                     | {}                                | 400 | missing_fields
            POST | /api/conversations                     | {"kind":"club"}                   | 400 | invalid_payload
            GET  | /api/conversations/                    | ``                                | 404 | not_supported
            GET  | /api/conversations/r                   | ``                                | 404 | conversation_not_found
            GET  | /api/conversations/r%0a                | ``                                | 400 | invalid_payload
            PUT  | /api/conversations/r                   | {}                                | 405 | not_supported
            POST | /api/conversations/r                   | {}                                | 405 | not_supported
            GET  | /api/conversations/r/                  | ``                                | 404 | not_supported
            GET  | /api/nothing                           | ``                                | 404 | not_supported
            GET  | /                                      | ``                                | 404 | not_supported
            GET  | /../../etc/passwd                      | ``                                | 404 | not_supported
            """)
    void bad_request_is_refused(String method, String target, String body, int status, String code) {
        try (RawHttp http = new RawHttp(server.port())) {
            Response refused = http.exchange(method, target, body, JSON);
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.body()).startsWith("{\"success\":false,").contains("\"code\":\"" + code + "\"");
        }
    }

    @Test
    void content_that_is_too_long_is_refused() {
        String body = "{\"senderId\":\"a\",\"content\":\"" + "x".repeat(5_001) + "\"}";
        Response refused = RawHttp.post(server.port(), PATH, body, JSON);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body()).contains("\"error\":\"Message too long\"");
    }

    @Test
    void only_json_is_taken() {
        Response refused = RawHttp.post(server.port(), PATH, HELLO, "Content-Type: text/plain");
        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.body()).contains("\"field\":\"content-type\"");
    }

    @Test
    void body_of_100_kilobytes_is_refused_before_it_is_read() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"));
            assertThat(http.read().status()).isEqualTo(413);
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void malformed_request_is_answered_and_cut_off(String request) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes(request));
            assertThat(http.read().status()).isEqualTo(400);
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void health_is_reported() {
        assertThat(RawHttp.get(server.port(), "/health/live").body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(RawHttp.get(server.port(), "/health/ready").status()).isEqualTo(200);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
