package io.roomcast.chat.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.socketio.raw.RawWebSocket.Frame;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of the official suite for the Socket.IO protocol, version 5. */
@OnEachTransport
class SocketIoConformanceTest extends EngineCases {
    private static final String TWO_ATTACHMENTS =
            "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";

    @Override
    EngineListener.Factory listeners() {
        return session -> new SocketEcho(session, Duration.ofMinutes(1));
    }

    @Override
    void assertAlive(RawWebSocket socket) {
        socket.text("40");
        assertThat(heard(socket)).startsWith("40{");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            40                      | 40         | 42["auth",{}]
            40{"token":"123"}       | 40         | 42["auth",{"token":"123"}]
            40/custom,              | 40/custom, | 42/custom,["auth",{}]
            40/custom,{"token":"a"} | 40/custom, | 42/custom,["auth",{"token":"a"}]
            """)
    void client_connects_to_a_namespace(String connect, String answer, String auth) {
        try (RawWebSocket socket = opened()) {
            socket.text(connect);
            assertThat(heard(socket)).matches(answer + "\\{\"sid\":\"[^\"]+\"}");
            assertThat(heard(socket)).isEqualTo(auth);
        }
    }

    @Test
    void connection_to_an_unknown_namespace_is_refused() {
        try (RawWebSocket socket = opened()) {
            socket.text("40/random");
            assertThat(heard(socket)).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void invalid_packet_instead_of_a_connect_closes_the_session() {
        try (RawWebSocket socket = opened()) {
            assertCloses(socket, "4abc");
        }
    }

    /** Answers all pings, so that only the missing CONNECT packet can end the connection. */
    @Test
    void session_without_a_connect_closes() {
        try (EchoServer hasty = EchoServer.pinging(session -> new SocketEcho(session, Duration.ofMillis(400)));
                RawWebSocket socket = opened(hasty)) {
            assertThat(next(socket).opcode()).isEqualTo(RawWebSocket.CLOSE);
            hasty.awaitNoSessions();
        }
    }

    @Test
    void session_outlives_the_main_namespace() {
        try (EchoServer pinging = EchoServer.pinging(listeners());
                RawWebSocket socket = connected(pinging)) {
            socket.text("41");
            assertThat(socket.nextText()).isEqualTo("2");
        }
    }

    @Test
    void main_namespace_outlives_a_custom_one() {
        try (RawWebSocket socket = connected()) {
            socket.text("40/custom");
            assertThat(heard(socket)).startsWith("40/custom,{");
            assertThat(heard(socket)).startsWith("42/custom,[\"auth\"");
            socket.text("41/custom");
            socket.text("42[\"message\",\"to the main namespace\"]");
            assertThat(heard(socket)).isEqualTo("42[\"message-back\",\"to the main namespace\"]");
        }
    }

    @Test
    void event_is_sent_in_both_directions() {
        try (RawWebSocket socket = connected()) {
            socket.text("42[\"message\",1,\"2\",{\"3\":[true]}]");
            assertThat(heard(socket)).isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true]}]");
        }
    }

    @Test
    void event_with_attachments_is_sent_in_both_directions() {
        try (RawWebSocket socket = connected()) {
            socket.text("452-[\"message\"," + TWO_ATTACHMENTS);
            assertAttachmentsComeBack(socket, "452-[\"message-back\"," + TWO_ATTACHMENTS);
        }
    }

    @Test
    void event_is_acknowledged() {
        try (RawWebSocket socket = connected()) {
            socket.text("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");
            assertThat(heard(socket)).isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
        }
    }

    @Test
    void event_with_attachments_is_acknowledged_with_them() {
        try (RawWebSocket socket = connected()) {
            socket.text("452-789[\"message-with-ack\"," + TWO_ATTACHMENTS);
            assertAttachmentsComeBack(socket, "462-789[" + TWO_ATTACHMENTS);
        }
    }

    private static void assertAttachmentsComeBack(RawWebSocket socket, String packet) {
        socket.frame(true, RawWebSocket.BINARY, new byte[] {1, 2, 3});
        socket.frame(true, RawWebSocket.BINARY, new byte[] {4, 5, 6});
        assertThat(heard(socket)).isEqualTo(packet);
        assertThat(next(socket).payload()).containsExactly(1, 2, 3);
        assertThat(next(socket).payload()).containsExactly(4, 5, 6);
    }

    @Test
    void packet_of_an_unknown_type_closes_the_session() {
        try (RawWebSocket socket = connected()) {
            assertCloses(socket, "4abc");
        }
    }

    @Test
    void event_that_is_not_an_array_closes_the_session() {
        try (RawWebSocket socket = connected()) {
            assertCloses(socket, "42{}");
        }
    }

    @Test
    void ack_id_that_is_not_a_number_closes_the_session() {
        try (RawWebSocket socket = connected()) {
            assertCloses(socket, "42abc[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");
        }
    }

    private void assertCloses(RawWebSocket socket, String packet) {
        socket.text(packet);
        assertThat(socket.closeCode()).isEqualTo(1008);
        server.awaitNoSessions();
    }

    private RawWebSocket connected() {
        return connected(server);
    }

    private static RawWebSocket connected(EchoServer at) {
        RawWebSocket socket = opened(at);
        socket.text("40");
        assertThat(heard(socket)).startsWith("40{");
        assertThat(heard(socket)).isEqualTo("42[\"auth\",{}]");
        return socket;
    }

    private static String heard(RawWebSocket socket) {
        return next(socket).text();
    }

    /** Returns the next frame other than a ping. Answers pings. */
    private static Frame next(RawWebSocket socket) {
        Frame frame = socket.next();
        while (frame.text().equals("2")) {
            socket.text("3");
            frame = socket.next();
        }
        return frame;
    }
}
