package io.roomcast.chat.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hostile packets of an authenticated client. Packets that Engine.IO cannot read close the session. All others are
 * answered immediately and consume no further resources.
 */
@OnEachTransport
class PacketAttacksTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    @RegisterExtension
    static final ServerUnderAttack server = new ServerUnderAttack();

    static Stream<Arguments> endings() {
        return Stream.of(
                attack("length of an old framing", "1:a\u0000"),
                attack("nothing", "\u001e"),
                attack("open", "0"),
                attack("ping", "2"),
                attack("pong with a payload", "3x"),
                attack("probe", "2probe"),
                attack("upgrade", "5"),
                attack("noop", "6"),
                attack("unknown packet", "7"));
    }

    static Stream<Arguments> answered() {
        return Stream.of(
                attack("second connect with another token", "40{\"token\":\"admin\"}"),
                attack("second connect without a token", "40"),
                attack("connect that wants an ack", "401{\"token\":\"admin\"}"),
                attack("more attachments than memory", "451999999999-[\"bin\"," + PLACEHOLDER + "]"),
                attack("one attachment", "451-[\"bin\"," + PLACEHOLDER + "]"),
                attack("attachment that nothing refers to", "451-[\"bin\"]"),
                attack("attachment that does not exist", "451-[\"bin\",{\"_placeholder\":true,\"num\":7}]"),
                attack("attachment before the first", "451-[\"bin\",{\"_placeholder\":true,\"num\":-1}]"),
                attack("attachments without an end", "45" + "1".repeat(60_000)),
                attack("ack id of 60,000 digits", "42" + "9".repeat(60_000) + "[\"joinRoom\",\"r\"]"),
                attack("ack id of 17 digits", "4212345678901234567[\"joinRoom\",\"r\"]"),
                attack("negative ack id", "42-1[\"joinRoom\",\"r\"]"),
                attack("ack id in other digits", "42\u0661[\"joinRoom\",\"r\"]"),
                attack("arrays 5,000 deep", "42[\"joinRoom\"," + "[".repeat(5_000) + "]".repeat(5_000) + "]"),
                attack("objects without an end", "42[\"joinRoom\"" + ",{\"a\":".repeat(5_000)),
                attack("number of 2,000 digits", "42[\"joinRoom\"," + "9".repeat(2_000) + "]"),
                attack("number that is none", "42[\"joinRoom\",NaN]"),
                attack("number beyond all others", "42[\"joinRoom\",-Infinity]"),
                attack("key that occurs twice", "42[\"joinRoom\",{\"conversationId\":\"a\",\"conversationId\":\"b\"}]"),
                attack("comment", "42[\"joinRoom\",/**/\"r\"]"),
                attack("mark of a byte order", "42\ufeff[\"joinRoom\",\"r\"]"),
                attack("second packet behind the first", "42[\"typing\",{}]42[\"joinRoom\",\"r\"]"),
                attack("second packet behind 8,000 bytes", longEvent() + "42[\"joinRoom\",\"r\"]"),
                attack("object in place of an event", "42{}"),
                attack("event without a name", "42[]"),
                attack("event with a number as its name", "42[1]"),
                attack("event with an object as its name", "42[{\"toString\":\"joinRoom\"}]"),
                attack("event in another namespace", "42/admin,[\"joinRoom\",\"r\"]"),
                attack("namespace of 60,000 characters", "40/" + "a".repeat(60_000)),
                attack("packet of an unknown kind", "49"),
                attack("packet that only a server sends", "44{\"message\":\"no\"}"),
                attack("message without a packet", "4"));
    }

    private static Arguments attack(String name, String packet) {
        return argumentSet(name, packet);
    }

    private static String longEvent() {
        return "42[\"nobody\",\"" + "x".repeat(8_000) + "\"]";
    }

    @ParameterizedTest
    @MethodSource("endings")
    void attack_closes_a_websocket(String packet) {
        try (RawWebSocket socket = server.attacker()) {
            socket.text(packet);
            assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, socket::closeCode))
                    .isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @MethodSource("endings")
    void attack_closes_a_polling_session(String packet) {
        RawPolling polling = RawPolling.open(server.port());
        polling.push("40{\"token\":\"mallory\"}");
        assertThat(polling.next()).startsWith("40{");
        assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, () -> polling.push(packet))
                        .status())
                .isEqualTo(400);
        assertThat(polling.poll().status()).isEqualTo(400);
    }

    @Test
    void bytes_as_text_close_a_websocket() {
        try (RawWebSocket socket = server.attacker()) {
            socket.text("bAQIDBA==");
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @MethodSource("answered")
    void attack_is_answered_immediately_over_a_websocket(String packet) {
        try (RawWebSocket socket = server.attacker()) {
            socket.text(packet);
            assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, () -> assertAnswered(socket.nextText()));
            assertThat(socket.ask(9, "[\"leaveRoom\",\"r\"]")).contains("\"success\":true");
        }
    }

    @ParameterizedTest
    @MethodSource("answered")
    void attack_is_answered_immediately_over_polling(String packet) {
        RawPolling polling = RawPolling.connected(server.port(), "{\"token\":\"mallory\"}");
        assertThat(polling.push(packet).status()).isEqualTo(200);
        assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, () -> assertAnswered(polling.next()));
        assertThat(polling.ask(9, "[\"leaveRoom\",\"r\"]")).contains("\"success\":true");
        polling.push("1");
    }

    private static void assertAnswered(String answer) {
        assertThat(answer).containsAnyOf("\"code\":\"invalid_payload\"", "\"code\":\"conflict\"");
        assertThat(answer.length()).isLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40",
                "40{}",
                "40{\"token\":\"wrong\"}",
                "40{\"token\":[\"admin\"]}",
                "40[]",
                "40nonsense",
                "41",
                "1"
            })
    void client_that_does_not_authenticate_is_disconnected(String packet) {
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            assertThat(socket.nextText()).startsWith("0{");
            socket.text(packet);
            assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, socket::closeCode))
                    .isIn(1000, 1008);
        }
    }

    @Test
    void packets_after_a_violation_are_ignored() {
        try (RawWebSocket socket = server.attacker()) {
            byte[] frames = ("\u0081\u0083\0\0\0\0abc" + "\u0081\u00bd\0\0\0\0"
                            + "42[\"sendMessage\",{\"conversationId\":\"late\",\"content\":\"x\"}]")
                    .getBytes(StandardCharsets.ISO_8859_1);
            socket.raw(frames, frames.length);
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
        assertNothingStored("late");
    }

    @Test
    void unknown_event_of_8_000_bytes_is_one_event() {
        try (RawWebSocket socket = server.attacker()) {
            socket.text("42[\"nobody\",\"" + "x".repeat(8_000) + "42[\\\"joinRoom\\\",\\\"secret\\\"]\"]");
            assertThat(socket.nextText()).startsWith("42[\"chatError\",{\"event\":\"nobody\"");
            server.chat().send("secret", NewMessage.text("host", "for members")).join();
            assertThat(socket.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
        }
    }

    private static void assertNothingStored(String room) {
        try (RawWebSocket reader = server.attacker()) {
            assertThat(reader.ask(1, "[\"getMessages\",{\"conversationId\":\"" + room + "\"}]"))
                    .contains("\"messages\":[]");
        }
    }
}
