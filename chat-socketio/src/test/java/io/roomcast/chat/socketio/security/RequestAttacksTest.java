package io.roomcast.chat.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

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

/** Requests that are refused, whatever else they ask for; and what is sent behind them is not looked at. */
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
    void request_that_makes_no_sense_is_refused(String method, String target, int status) {
        assertThat(answer(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @MethodSource("originsOfOthers")
    void page_of_another_origin_is_refused(String origin) {
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
        attack("line of 5,000 characters", "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        attack("header of 9,000 characters", get("X: " + "x".repeat(9_000) + "\r\n")),
        attack("headers of 9,000 characters", get("X: xxxxxx\r\n".repeat(1_000))),
        attack("length and chunks", get("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
        attack("chunks", get("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
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

    private static Arguments attack(String name, String request) {
        return argumentSet(name, request);
    }

    @ParameterizedTest
    @FieldSource("MALFORMED")
    void malformed_request_is_answered_and_nothing_behind_it_is_heard(String request) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes(request + smuggled()));
            assertThat(assertTimeout(ServerUnderAttack.AT_ONCE, http::read).status())
                    .isEqualTo(400);
            assertThat(assertTimeout(ServerUnderAttack.AT_ONCE, http::isClosedByServer))
                    .isTrue();
        }
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource({"65537, 413", "100000, 413", "2147483648, 413", "9223372036854775807, 413"})
    void body_that_is_too_large_is_refused_by_its_length(long length, int status) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes("POST " + POLLING + "&sid=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                    + "\r\n\r\n" + smuggled()));
            assertThat(assertTimeout(ServerUnderAttack.AT_ONCE, http::read).status())
                    .isEqualTo(status);
            assertThat(assertTimeout(ServerUnderAttack.AT_ONCE, http::isClosedByServer))
                    .isTrue();
        }
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource({"Origin: https://evil.example", "Host: evil.example"})
    void request_behind_a_refused_one_is_not_heard(String header) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes(get(header + "\r\n") + smuggled()));
            assertThat(http.read().status()).isIn(400, 403);
            assertThat(http.isClosedByServer()).isTrue();
        }
        assertNothingStored();
    }

    @Test
    void client_that_asks_on_and_never_reads_is_cut_off() {
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

    /** The chat answers in order, so the answer comes after anything that the request before has caused. */
    private static void assertNothingStored() {
        assertThat(RawHttp.get(server.port(), "/api/conversations/victim/messages", "Authorization: Bearer mallory")
                        .body())
                .contains("\"messages\":[]");
    }

    private static Response answer(String request) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(bytes(request));
            return assertTimeout(ServerUnderAttack.AT_ONCE, http::read);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
