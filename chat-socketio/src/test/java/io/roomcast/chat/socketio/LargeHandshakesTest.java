package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawClient;
import io.roomcast.chat.socketio.raw.RawClient.Kind;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that are larger than a packet may be, and what a client resumes with them. */
@OnEachTransport
class LargeHandshakesTest extends LargePacketsCase {
    static Stream<Arguments> handshakes() {
        return Stream.of(Kind.WEBSOCKET_4, Kind.POLLING_4)
                .flatMap(kind ->
                        IntStream.of(400_000, 1_000_000, 10_000_000).mapToObj(size -> Arguments.of(kind, size)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("handshakes")
    void large_handshake_is_refused_with_the_reason(Kind kind, int size) {
        try (RawClient client = kind.open(server.port())) {
            client.send("0{\"token\":\"" + "x".repeat(size) + "\"}");
            assertThat(client.next()).isEqualTo("4{\"message\":\"Payload too large\",\"data\":{" + TOO_LARGE + "}}");
            assertThat(client.next()).isEqualTo("1");
        }
    }

    @Test
    void handshake_that_is_not_read_to_its_end_is_refused_with_the_reason() {
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            socket.nextText();
            socket.raw(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0}, 14);
            assertThat(socket.nextText()).startsWith("44{").contains(TOO_LARGE);
            assertThat(socket.nextText()).isEqualTo("41");
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "27"})
    void large_event_before_the_handshake_is_unauthenticated(String beginning) {
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            socket.nextText();
            socket.text("4" + send(beginning, 500_000));
            assertThat(socket.nextText()).contains("\"code\":\"unauthenticated\"");
        }
    }

    /** Each row: the largest packet, rooms, length of their ids, and how a client writes a character of them. */
    @ParameterizedTest(name = "{0} bytes, {1} rooms of {2}")
    @CsvSource(delimiter = '|', textBlock = """
            65536 | 200  | 128  | r
            65536 | 200  | 128  | \u4e2d
            65536 | 200  | 128  | \\u4e2d
            1024  | 200  | 128  | \\u4e2d
            1024  | 5000 | 128  | \u4e2d
            65536 | 10   | 1024 | \\u4e2d
            """)
    void permitted_rooms_can_all_be_resumed(int frameBytes, int rooms, int length, String character) {
        Limits limits = Limits.builder()
                .frameBytes(frameBytes)
                .roomsPerSession(rooms)
                .idLength(length)
                .build();
        try (ChatServer small =
                ChatServer.builder().port(0).limits(limits).build().start()) {
            String auth = "{\"resume\":{\"epoch\":\"old\",\"rooms\":{" + rooms(rooms, length, character) + "}}}";
            for (String text : List.of(auth, asText(auth))) {
                try (RawWebSocket socket = RawWebSocket.open(small.port())) {
                    socket.nextText();
                    assertThat(socket.connect(text)).contains("\"resumed\":true");
                }
                assertThat(RawPolling.connected(small.port(), text).sid()).isNotEmpty();
            }
            RawPolling.leaveAll(small.port());
        }
    }

    private static String rooms(int rooms, int length, String character) {
        return IntStream.range(0, rooms)
                .mapToObj(i -> "\"" + String.format("%04d", i) + character.repeat(length - 4)
                        + "\":{\"seq\":9007199254740991,\"version\":9007199254740991}")
                .collect(Collectors.joining(","));
    }

    /** The same as a client sends it that has only texts in its handshake. */
    private static String asText(String auth) {
        String resume = auth.substring("{\"resume\":".length(), auth.length() - 1);
        return "{\"resume\":\"" + resume.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            100000 | 128  | roomsPerSession: 100000 (expected: at most 16,912 with idLength 128, so that one handshake can resume all rooms)
            16913  | 128  | roomsPerSession: 16913 (expected: at most 16,912 with idLength 128, so that one handshake can resume all rooms)
            5000   | 1024 | roomsPerSession: 5000 (expected: at most 2,309 with idLength 1,024, so that one handshake can resume all rooms)
            """)
    void rooms_that_could_not_be_resumed_at_once_are_a_mistake(int rooms, int length, String mistake) {
        Limits limits = Limits.builder().roomsPerSession(rooms).idLength(length).build();
        ChatServerBuilder builder = ChatServer.builder().port(-1).limits(limits);
        assertThat(builder.mistakes()).containsExactly("port: -1 (expected: 0 to 65,535)", mistake);
        assertThatThrownBy(builder::build).hasMessage(String.join("\n", builder.mistakes()));
    }

    @ParameterizedTest
    @CsvSource({"16912, 128", "2309, 1024", "100000, 1"})
    void rooms_that_can_be_resumed_at_once_are_permitted(int rooms, int length) {
        Limits limits = Limits.builder().roomsPerSession(rooms).idLength(length).build();
        assertThat(ChatServer.builder().port(0).limits(limits).mistakes()).isEmpty();
    }
}
