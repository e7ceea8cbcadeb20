package io.roomcast.chat.socketio.conformance;

import static io.roomcast.chat.socketio.raw.RawWebSocket.BINARY;
import static io.roomcast.chat.socketio.raw.RawWebSocket.CLOSE;
import static io.roomcast.chat.socketio.raw.RawWebSocket.CONTINUATION;
import static io.roomcast.chat.socketio.raw.RawWebSocket.PING;
import static io.roomcast.chat.socketio.raw.RawWebSocket.PONG;
import static io.roomcast.chat.socketio.raw.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.socketio.raw.RawWebSocket.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requirements of RFC 6455 for an open WebSocket: the valid frames, and the close codes of invalid ones. */
@OnEachTransport
class WebSocketRfcTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int RESERVED_1 = 0x40;
    private static final int RESERVED_2 = 0x20;
    private static final int RESERVED_3 = 0x10;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF8 = 1007;
    private static final int REFUSED = 1008;

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
        try (RawWebSocket another = opened()) {
            assertEchoed(another, "hello");
        }
        server.awaitNoSessions();
    }

    @ParameterizedTest
    @MethodSource("violations")
    void frame_that_violates_the_protocol_closes_the_websocket(Consumer<RawWebSocket> violation) {
        try (RawWebSocket socket = opened()) {
            violation.accept(socket);
            assertCloses(socket, PROTOCOL_ERROR);
        }
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                violation("no mask", socket -> raw(socket, "81 01 34")),
                violation("reserved bit 1", socket -> socket.frame(true, RESERVED_1 | TEXT, bytes("4a"))),
                violation("reserved bit 2", socket -> socket.frame(true, RESERVED_2 | TEXT, bytes("4a"))),
                violation("reserved bit 3", socket -> socket.frame(true, RESERVED_3 | TEXT, bytes("4a"))),
                violation("reserved bit of a ping", socket -> socket.frame(true, RESERVED_1 | PING, bytes("a"))),
                violation("first unknown data", socket -> socket.frame(true, 3, bytes("4a"))),
                violation("last unknown data", socket -> socket.frame(true, 7, bytes("4a"))),
                violation("first unknown control", socket -> socket.frame(true, 11, bytes(""))),
                violation("last unknown control", socket -> socket.frame(true, 15, bytes(""))),
                violation("ping in fragments", socket -> socket.frame(false, PING, bytes("a"))),
                violation("pong in fragments", socket -> socket.frame(false, PONG, bytes("a"))),
                violation("close in fragments", socket -> socket.frame(false, CLOSE, closing(1000, ""))),
                violation("ping of 126 bytes", socket -> socket.frame(true, PING, new byte[126])),
                violation("pong of 126 bytes", socket -> socket.frame(true, PONG, new byte[126])),
                violation("close of 126 bytes", socket -> socket.frame(true, CLOSE, closing(1000, "x".repeat(124)))),
                violation("end without a start", socket -> socket.frame(true, CONTINUATION, bytes("4a"))),
                violation("middle without a start", socket -> socket.frame(false, CONTINUATION, bytes("4a"))),
                violation("text inside a text", socket -> inside(socket, TEXT)),
                violation("bytes inside a text", socket -> inside(socket, BINARY)),
                violation("end after the end", WebSocketRfcTest::endTwice),
                violation("length with its highest bit", socket -> raw(socket, "81 ff 8000000000000001 01020304")),
                violation("125 as a length of 16 bits", socket -> raw(socket, "81 fe 007d 01020304")),
                violation("125 as a length of 64 bits", socket -> raw(socket, "81 ff 000000000000007d 01020304")),
                violation("65535 as a length of 64 bits", socket -> raw(socket, "81 ff 000000000000ffff 01020304")),
                violation("close with half a code", socket -> socket.frame(true, CLOSE, new byte[] {3})));
    }

    private static Arguments violation(String name, Consumer<RawWebSocket> violation) {
        return argumentSet(name, violation);
    }

    private static void inside(RawWebSocket socket, int opcode) {
        socket.frame(false, TEXT, bytes("4a"));
        socket.frame(true, opcode, bytes("4b"));
    }

    private static void endTwice(RawWebSocket socket) {
        socket.frame(false, TEXT, bytes("4"));
        socket.frame(true, CONTINUATION, bytes("a"));
        assertThat(socket.nextText()).isEqualTo("4a");
        socket.frame(true, CONTINUATION, bytes("b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
    void close_with_a_reserved_code_is_a_violation(int code) {
        try (RawWebSocket socket = opened()) {
            socket.frame(true, CLOSE, closing(code, ""));
            assertCloses(socket, PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
    void close_is_answered_with_its_code(int code) {
        try (RawWebSocket socket = opened()) {
            socket.frame(true, CLOSE, closing(code, "b\u00fc"));
            assertCloses(socket, code);
        }
    }

    @Test
    void close_without_a_code_is_answered_without_one() {
        try (RawWebSocket socket = opened()) {
            socket.frame(true, CLOSE, new byte[0]);
            Frame answer = assertTimeout(TIMEOUT, socket::next);
            assertThat(answer.opcode()).isEqualTo(CLOSE);
            assertThat(answer.payload()).isEmpty();
            assertThat(assertTimeout(TIMEOUT, socket::isClosedByServer)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"03e8 ff", "03e8 c0af", "03e8 eda080", "03e8 41e282"})
    void close_with_a_reason_that_is_not_utf8_is_rejected(String payload) {
        try (RawWebSocket socket = opened()) {
            socket.frame(true, CLOSE, hex(payload));
            assertCloses(socket, NOT_UTF8);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "slash in two bytes, 34c0af",
        "slash in three bytes, 34e080af",
        "slash in four bytes, 34f08080af",
        "zero in two bytes, 34c080",
        "first surrogate, 34eda080",
        "last surrogate, 34edbfbf",
        "pair of surrogates, 34eda081edb080",
        "beyond the last character, 34f4908080",
        "byte that never occurs, 34ff",
        "end without a start, 3480",
        "end that is missing, 34e282",
        "end that is another character, 34e28241"
    })
    void text_that_is_not_utf8_is_rejected(String name, String payload) {
        try (RawWebSocket socket = opened()) {
            socket.frame(true, TEXT, hex(payload));
            assertCloses(socket, NOT_UTF8);
        }
        try (RawWebSocket socket = opened()) {
            byte[] content = hex(payload);
            for (int i = 0; i < content.length; i++) {
                socket.frame(i == content.length - 1, i == 0 ? TEXT : CONTINUATION, new byte[] {content[i]});
            }
            assertCloses(socket, NOT_UTF8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u007f", "\u0080", "\u07ff", "\u0800", "\uffff", "\ud800\udc00", "\udbff\udfff"})
    void character_may_be_split_across_fragments(String character) {
        try (RawWebSocket socket = opened()) {
            byte[] content = bytes("4" + character);
            for (int i = 0; i < content.length; i++) {
                socket.frame(i == content.length - 1, i == 0 ? TEXT : CONTINUATION, new byte[] {content[i]});
            }
            assertThat(socket.nextText()).isEqualTo("4" + character);
        }
    }

    @Test
    void text_may_have_empty_fragments() {
        try (RawWebSocket socket = opened()) {
            socket.frame(false, TEXT, new byte[0]);
            socket.frame(false, CONTINUATION, bytes("4a"));
            socket.frame(true, CONTINUATION, new byte[0]);
            assertThat(socket.nextText()).isEqualTo("4a");
        }
    }

    /** The frame is valid in RFC 6455, but is not a packet of Engine.IO. */
    @Test
    void empty_text_is_rejected_by_engine_io() {
        try (RawWebSocket socket = opened()) {
            socket.frame(true, TEXT, new byte[0]);
            assertCloses(socket, REFUSED);
        }
    }

    @Test
    void ping_is_answered_between_the_fragments_of_a_text() {
        try (RawWebSocket socket = opened()) {
            socket.frame(false, TEXT, bytes("4a"));
            assertPingAnswered(socket, "between");
            socket.frame(true, CONTINUATION, bytes("b"));
            assertThat(socket.nextText()).isEqualTo("4ab");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    void pong_contains_the_payload_of_its_ping(int length) {
        try (RawWebSocket socket = opened()) {
            assertPingAnswered(socket, "x".repeat(length));
        }
    }

    private static void assertPingAnswered(RawWebSocket socket, String content) {
        socket.frame(true, PING, bytes(content));
        Frame pong = socket.next();
        assertThat(pong.opcode()).isEqualTo(PONG);
        assertThat(pong.text()).isEqualTo(content);
    }

    @Test
    void unsolicited_pong_is_ignored() {
        try (RawWebSocket socket = opened()) {
            socket.frame(true, PONG, bytes("unasked"));
            assertEchoed(socket, "a");
        }
    }

    private static void assertEchoed(RawWebSocket socket, String text) {
        socket.text("4" + text);
        assertThat(socket.nextText()).isEqualTo("4" + text);
    }

    /** Answers the close frame. A server that reads nothing more after a violation closes without the answer. */
    private static void assertCloses(RawWebSocket socket, int code) {
        assertThat(assertTimeout(TIMEOUT, socket::closeCode)).isEqualTo(code);
        socket.frame(true, CLOSE, closing(code, ""));
        assertThat(assertTimeout(TIMEOUT, socket::isClosedByServer)).isTrue();
    }

    private static RawWebSocket opened() {
        RawWebSocket socket = RawWebSocket.open(server.port());
        assertThat(socket.nextText()).startsWith("0{");
        return socket;
    }

    private static void raw(RawWebSocket socket, String hex) {
        byte[] bytes = hex(hex);
        socket.raw(bytes, bytes.length);
    }

    private static byte[] closing(int code, String reason) {
        byte[] text = bytes(reason);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
