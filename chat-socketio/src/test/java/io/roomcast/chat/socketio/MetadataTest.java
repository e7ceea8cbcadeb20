package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata is returned exactly as it was sent, or is refused. */
class MetadataTest {
    private static final String JSON = "Content-Type: application/json";
    private static final String MESSAGES = "/api/conversations/r/messages";

    private static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.builder().port(0).build().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String message(String metadata) {
        return "{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"x\",\"metadata\":" + metadata + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1}",
                "{\"a\":1.0}",
                "{\"a\":1.10}",
                "{\"a\":0.1234567890123456789012345}",
                "{\"a\":3.14159265358979323846264338327950288}",
                "{\"a\":9007199254740993}",
                "{\"a\":123456789012345678901234567890}",
                "{\"a\":true,\"b\":null,\"c\":[1,[2,{}]]}",
                "{\"constructor\":\"Ferrari\",\"prototype\":1,\"toString\":\"x\"}",
                "{\"$where\":\"1\",\"a.b\":2,\"\":3}",
                "{\"b\":1,\"a\":2}",
                "{\"a\":\"\uD83D\uDE00 \u00fc\"}"
            })
    void metadata_is_returned_as_it_was_sent(String metadata) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"sendMessage\"," + message(metadata) + "]"))
                    .contains("\"metadata\":" + metadata);
        }
        assertThat(RawHttp.post(server.port(), MESSAGES, message(metadata), JSON)
                        .body())
                .contains("\"metadata\":" + metadata);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0.0",
                "-0",
                "0e9",
                "1e5",
                "1.0e+2",
                "-1E-7",
                "1e308",
                "5e-324",
                "1e-400",
                "-9223372036854775809"
            })
    void numbers_in_metadata_keep_their_value(String number) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            String answer = socket.ask(1, "[\"sendMessage\"," + message("{\"n\":" + number + "}") + "]");
            String kept = answer.replaceFirst(".*\"metadata\":\\{\"n\":([^}]*)}.*", "$1");
            assertThat(new BigDecimal(kept)).isEqualByComparingTo(number);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__proto__\":{\"isAdmin\":true}}",
                "{\"a\":[{\"__proto__\":null}]}",
                "{\"\\u005f_proto__\":1}",
                "{\"a\":1e400}",
                "{\"a\":-1e400}",
                "{\"a\":1e999999999}",
                "{\"a\":[[1E+309]]}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":0.12345678901234567890123456789012345678901234567890}",
                "{\"a\":\"\\ud800\"}",
                "{\"\\udc00\":1}",
                "[1]",
                "\"text\"",
                "7"
            })
    void other_metadata_is_refused(String metadata) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"sendMessage\"," + message(metadata) + "]"))
                    .contains("\"code\":\"invalid_payload\"", "\"field\":\"metadata\"");
        }
        assertThat(RawHttp.post(server.port(), MESSAGES, message(metadata), JSON)
                        .status())
                .isEqualTo(400);
    }
}
