package io.roomcast.chat.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile HTTP requests. They are rejected, and the bytes after them are ignored. */
@OnEachTransport
class RequestAttacksTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String SMUGGLED = "{\"content\":\"smuggled\"}";

    @RegisterExtension
    static final ServerUnderAttack server = new ServerUnderAttack();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /socket.io/?EIO=4&transport=polling&j=0                  | 400
            GET    | /socket.io/?EIO=4&transport=polling&j=0&b64=1            | 400
            GET    | /socket.io/?EIO=4&transport=polling&disconnect=1         | 400
            GET    | /socket.io/?EIO=4&transport=polling&transport=polling    | 400
            GET    | /socket.io/?EIO=4&EIO=3&transport=polling                | 400
            GET    | /socket.io/?EIO=3&transport=polling                      | 400
            GET    | /socket.io/?EIO=&transport=polling                       | 400
            GET    | /socket.io/?EIO=4%00&transport=polling                   | 400
            GET    | /socket.io/?EIO=4&transport=flashsocket                  | 400
            GET    | /socket.io/?EIO=4&transport=polling&sid=                 | 400
            GET    | /socket.io/?EIO=4&transport=polling&sid=x&sid=y          | 400
            GET    | /socket.io/?EIO=4&transport=polling&sid=%00              | 400
            GET    | /socket.io/?EIO=4&transport=polling&sid=../../x          | 400
            GET    | /socket.io/?EIO=4&transport=websocket                    | 400
            GET    | /socket.io/?EIO=4&transport=polling&t=%zz                | 400
            GET    | /socket.io/?EIO=4&transport=polling&t=%                  | 400
            POST   | /socket.io/?EIO=4&transport=polling                      | 400
            DELETE | /socket.io/?EIO=4&transport=polling                      | 400
            GET    | /socket.io                                               | 404
            GET    | /socket.io/../health/live                                | 404
            GET    | //socket.io/?EIO=4&transport=polling                     | 404
            GET    | /..%2f..%2fetc/passwd                                    | 404
            TRACE  | /                                                        | 404
            """)
    void invalid_request_is_rejected(String method, String target, int status) {
        assertThat(answer(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @MethodSource("originsOfOthers")
    void page_of_another_origin_is_rejected(String origin) {
        String head = " HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin + "\r\n";
        for (String request : new String[] {
            "GET " + POLLING + head,
            "GET " + WEBSOCKET + head + UPGRADE,
            "OPTIONS " + POLLING + head + "Access-Control-Request-Method: POST\r\n",
            "GET /api/conversations/r/messages" + head + "Authorization: Bearer mallory\r\n"
        }) {
            Response answer = answer(request + "\r\n");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.headers()).doesNotContainKeys("access-control-allow-origin", "sec-websocket-accept");
        }
    }

    static Stream<String> originsOfOthers() {
        String own = ServerUnderAttack.ORIGIN;
        return Stream.of(
                "https://evil.example",
                own + ".evil.example",
                own + "/",
                own + ":8443",
                "https://evil.example, " + own,
                own.replace("https", "http"),
                own.replace("app.", "App."),
                "null",
                "*",
                "file://");
    }

    private static final Arguments[] MALFORMED = {
        attack("nothing that is HTTP", "nonsense\r\n\r\n"),
        attack("no version", "GET /health/live\r\n\r\n"),
        attack("version 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        attack("two hosts", get("Host: evil.example\r\n")),
        attack("path with a broken escape", "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        attack("length and chunks", get("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
        attack("lengths inside chunks", get("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n") + "0\r\n\r\n"),
        attack(
                "chunks of an old client",
                "GET /health/live HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        attack("two codings", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n") + "0\r\n\r\n"),
        attack("same coding twice", get("Transfer-Encoding: chunked\r\n".repeat(2)) + "0\r\n\r\n"),
        attack("compressed chunks", get("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n"),
        attack("chunks and no more", get("Transfer-Encoding: chunked, identity\r\n") + "0\r\n\r\n"),
        attack("almost chunks", get("Transfer-Encoding: xchunked\r\n") + "0\r\n\r\n"),
        attack("quoted chunks", get("Transfer-Encoding: \"chunked\"\r\n") + "0\r\n\r\n"),
        attack("chunks with a parameter", get("Transfer-Encoding: chunked;a=b\r\n") + "0\r\n\r\n"),
        attack("empty coding", get("Transfer-Encoding:\r\n") + "0\r\n\r\n"),
        attack("coding in a folded line", get("Transfer-Encoding:\r\n chunked\r\n") + "0\r\n\r\n"),
        attack("coding with a vertical tab", get("Transfer-Encoding: \u000bchunked\r\n") + "0\r\n\r\n"),
        attack("coding behind a bare CR", get("X: y\rTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
        attack("coding behind a bare LF", get("X: y\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
        attack("folded line", get("X: y\r\n z\r\n")),
        attack("folded line with a tab", get("X: y\r\n\tz\r\n")),
        attack("first line folded", "GET /health/live HTTP/1.1\r\n Host: localhost\r\n\r\n"),
        attack("lines that end in LF", get("X: y\r\n").replace("\r", "")),
        attack("lines that end in CR", get("X: y\r\n").replace("\n", "") + "\n"),
        attack("line that ends in CR CR LF", get("X: y\r\r\n")),
        attack("end of the head in LF", get("X: y\r\n").replaceFirst("\r\n$", "\n")),
        attack("two spaces in the first line", "GET  /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        attack("tab in the first line", "GET\t/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        attack("space behind the version", "GET /health/live HTTP/1.1 \r\nHost: localhost\r\n\r\n"),
        attack("space before the method", " GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        attack("version 1.2", "GET /health/live HTTP/1.2\r\nHost: localhost\r\n\r\n"),
        attack("version in small letters", "GET /health/live http/1.1\r\nHost: localhost\r\n\r\n"),
        attack("bytes in the path", "GET /health/l\u00efve HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        attack("path that is no UTF-8", "GET /health/%ff HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        attack("query that is no UTF-8", "GET /health/live?a=%c3 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        attack("no host", "GET /health/live HTTP/1.1\r\n\r\n"),
        attack("host with a path", "GET /health/live HTTP/1.1\r\nHost: localhost/x\r\n\r\n"),
        attack("host with a user", "GET /health/live HTTP/1.1\r\nHost: a@localhost\r\n\r\n"),
        attack("two origins", get("Origin: https://app.example.com\r\nOrigin: https://evil.example\r\n")),
        attack("chunks in disguise", get("Transfer-Encoding: \tchunked\r\n") + "0\r\n\r\n"),
        attack("chunks that are none", get("Transfer-Encoding: identity\r\n")),
        attack("chunks inside chunks", get("Transfer-Encoding: chunked, chunked\r\n") + "0\r\n\r\n"),
        attack("two lengths", get("Content-Length: 0\r\nContent-Length: 5\r\n") + "xxxxx"),
        attack("same length twice", get("Content-Length: 0\r\nContent-Length: 0\r\n")),
        attack("list of lengths", get("Content-Length: 0, 5\r\n") + "xxxxx"),
        attack("negative length", get("Content-Length: -5\r\n")),
        attack("signed length", get("Content-Length: +5\r\n") + "xxxxx"),
        attack("length that is no number", get("Content-Length: five\r\n")),
        attack("length beyond all numbers", get("Content-Length: 99999999999999999999\r\n")),
        attack("name with a space", get("Content-Length : 5\r\n") + "xxxxx"),
        attack("name with a control character", get("X\u0001: 5\r\n")),
        attack("line without a name", get(": x\r\n")),
        attack("line without a colon", get("nonsense\r\n")),
        attack("value with a zero", get("X: a\0b\r\n"))
    };

    private static String get(String headers) {
        return "GET /health/live HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }

    private static final Arguments[] BROKEN_CHUNKS = {
        attack("no size", "\r\n\r\n"),
        attack("size that is no number", "x\r\n"),
        attack("negative size", "-1\r\n"),
        attack("signed size", "+1\r\nx\r\n0\r\n\r\n"),
        attack("size with a prefix", "0x1\r\nx\r\n0\r\n\r\n"),
        attack("size with an underscore", "1_0\r\n0123456789abcdef\r\n0\r\n\r\n"),
        attack("size in other digits", "\u00b2\r\nxx\r\n0\r\n\r\n"),
        attack("size behind a space", " 1\r\nx\r\n0\r\n\r\n"),
        attack("size before a space", "1 \r\nx\r\n0\r\n\r\n"),
        attack("size with many zeros", "000000001\r\nx\r\n0\r\n\r\n"),
        attack("size beyond all numbers", "fffffffffffffffff\r\n"),
        attack("size that wraps around", "100000001\r\nx\r\n0\r\n\r\n"),
        attack("size in a line that ends in LF", "1\nx\r\n0\r\n\r\n"),
        attack("size in a line that ends in CR", "1\rx\r\n0\r\n\r\n"),
        attack("chunk that is longer than it says", "1\r\nxy\r\n0\r\n\r\n"),
        attack("chunk that ends in LF", "1\r\nx\n0\r\n\r\n"),
        attack("chunk that ends in two letters", "1\r\nxyz0\r\n\r\n"),
        attack("extension behind a bare LF", "1;a\nx\r\n0\r\n\r\n"),
        attack("extension behind a bare CR", "1;a\rb\r\nx\r\n0\r\n\r\n"),
        attack("extension with a zero", "1;a=\0\r\nx\r\n0\r\n\r\n"),
        attack("extension of 300 bytes", "1;" + "a".repeat(300) + "\r\nx\r\n0\r\n\r\n"),
        attack("line of a size without end", "1;" + "a".repeat(5_000)),
        attack("many extensions", ("1;" + "a".repeat(200) + "\r\nx\r\n").repeat(30) + "0\r\n\r\n"),
        attack("trailer", "1\r\nx\r\n0\r\nX: y\r\n\r\n"),
        attack("trailer with a length", "0\r\nContent-Length: 5\r\n\r\n"),
        attack("end in LF", "1\r\nx\r\n0\n\n"),
        attack("last line in LF", "1\r\nx\r\n0\r\n\n")
    };

    @ParameterizedTest
    @FieldSource("BROKEN_CHUNKS")
    void malformed_chunks_are_rejected_and_bytes_after_them_ignored(String chunks) {
        for (String target : new String[] {"/api/conversations/victim/messages", POLLING + "&sid=x"}) {
            try (RawHttp http = new RawHttp(server.port())) {
                http.write(bytes("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer mallory\r\n"
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
                        + smuggled()));
                assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, http::read)
                                .status())
                        .isEqualTo(400);
                assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, http::isClosedByServer))
                        .isTrue();
            }
        }
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            line of 9,000 bytes      | 9000   | 0      | 414
            line of 60,000 bytes     | 60000  | 0      | 414
            line of 200,000 bytes    | 200000 | 0      | 414
            headers of 17,000 bytes  | 0      | 17000  | 431
            headers of 60,000 bytes  | 0      | 60000  | 431
            headers of 200,000 bytes | 0      | 200000 | 431
            """)
    void oversized_head_is_rejected(String name, int line, int headers, int status) {
        for (String header : new String[] {"X: " + "x".repeat(headers), "X: y\r\n".repeat(headers / 6) + "X: y"}) {
            try (RawHttp http = new RawHttp(server.port())) {
                http.write(bytes("GET /" + "x".repeat(line) + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n"
                        + smuggled()));
                assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, http::read)
                                .status())
                        .isEqualTo(status);
                assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, http::isClosedByServer))
                        .isTrue();
            }
        }
        assertNothingStored();
    }

    private static Arguments attack(String name, String request) {
        return argumentSet(name, request);
    }

    @ParameterizedTest
    @FieldSource("MALFORMED")
    void malformed_request_is_rejected_and_bytes_after_it_ignored(String request) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes(request + smuggled()));
            assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, http::read)
                            .status())
                    .isEqualTo(400);
            assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, http::isClosedByServer))
                    .isTrue();
        }
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource({"16777217, 413", "100000000, 413", "2147483648, 413", "9223372036854775807, 413"})
    void oversized_body_is_rejected_by_its_length(long length, int status) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes("POST " + POLLING + "&sid=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                    + "\r\n\r\n" + smuggled()));
            assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, http::read)
                            .status())
                    .isEqualTo(status);
            assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, http::isClosedByServer))
                    .isTrue();
        }
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource({"Origin: https://evil.example", "Host: evil.example"})
    void request_after_a_rejected_one_is_ignored(String header) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes(get(header + "\r\n") + smuggled()));
            assertThat(http.read().status()).isIn(400, 403);
            assertThat(http.isClosedByServer()).isTrue();
        }
        assertNothingStored();
    }

    @Test
    void client_that_never_reads_its_responses_is_disconnected() {
        byte[] request = bytes(get(""));
        try (RawHttp http = new RawHttp(server.port())) {
            assertThatThrownBy(() -> {
                        while (true) {
                            http.write(request);
                        }
                    })
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    private static String smuggled() {
        return "POST /api/conversations/victim/messages HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer mallory\r\nContent-Type: application/json\r\nContent-Length: "
                + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED;
    }

    /** The chat responds in order, so this response follows all effects of the request before it. */
    private static void assertNothingStored() {
        assertThat(RawHttp.get(server.port(), "/api/conversations/victim/messages", "Authorization: Bearer mallory")
                        .body())
                .contains("\"messages\":[]");
    }

    private static Response answer(String request) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes(request));
            return assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, http::read);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
