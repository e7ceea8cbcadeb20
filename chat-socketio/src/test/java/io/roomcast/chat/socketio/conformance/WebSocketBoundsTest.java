package io.roomcast.chat.socketio.conformance;

import static io.roomcast.chat.socketio.raw.RawWebSocket.CONTINUATION;
import static io.roomcast.chat.socketio.raw.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size limits of a WebSocket. Frames after a close are ignored. */
@OnEachTransport
class WebSocketBoundsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MASKED_64_BITS = 0xff;
    private static final int TOO_LARGE = 1009;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private EchoServer server;

    @BeforeEach
    void start() {
        server = EchoServer.patient(Recorder::new);
        opened().close();
    }

    @AfterEach
    void stop() {
        server.awaitNoSessions();
        server.close();
    }

    @Test
    void largest_text_is_accepted() {
        String text = "4" + "x".repeat(EchoServer.MAX_PAYLOAD - 1);
        try (RawWebSocket socket = opened()) {
            socket.text(text);
            assertThat(socket.nextText()).isEqualTo("4" + EchoServer.MAX_PAYLOAD);
        }
        assertThat(received).containsExactly(text.substring(1));
    }

    @Test
    void largest_text_is_accepted_in_fragments() {
        try (RawWebSocket socket = opened()) {
            inFragments(socket, EchoServer.MAX_PAYLOAD);
            assertThat(socket.nextText()).isEqualTo("4" + EchoServer.MAX_PAYLOAD);
        }
    }

    @Test
    void fragments_of_one_byte_more_are_too_large() {
        try (RawWebSocket socket = opened()) {
            inFragments(socket, EchoServer.MAX_PAYLOAD + 1);
            assertCloses(socket, TOO_LARGE);
        }
        assertThat(received).isEmpty();
    }

    private static void inFragments(RawWebSocket socket, int length) {
        byte[] half = "4".repeat(length / 2).getBytes(StandardCharsets.US_ASCII);
        byte[] rest = "4".repeat(length - half.length).getBytes(StandardCharsets.US_ASCII);
        socket.frame(false, TEXT, half);
        socket.frame(true, CONTINUATION, rest);
    }

    /** Sends only the header of the frame, because the server must not wait for such a length. */
    @ParameterizedTest
    @ValueSource(longs = {(1 << 24) + 1, Integer.MAX_VALUE, 1L << 31, 1L << 40, Long.MAX_VALUE})
    void oversized_frame_is_rejected_by_its_header(long length) {
        try (RawWebSocket socket = opened()) {
            byte[] header = ByteBuffer.allocate(14)
                    .put((byte) 0x81)
                    .put((byte) MASKED_64_BITS)
                    .putLong(length)
                    .array();
            socket.raw(header, header.length);
            assertCloses(socket, TOO_LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"81 82 00000000 34ff", "88 82 00000000 03e8", "82 81 00000000 00", "91 81 00000000 34"})
    void frames_after_the_close_frame_are_ignored(String last) {
        byte[] frames = HexFormat.of().parseHex((last + "81 85 00000000 34 6c617465").replace(" ", ""));
        try (RawWebSocket socket = opened()) {
            socket.raw(frames, frames.length);
            socket.closeCode();
            assertThat(socket.isClosedByServer()).isTrue();
        }
        server.awaitNoSessions();
        assertThat(received).isEmpty();
    }

    private static void assertCloses(RawWebSocket socket, int code) {
        assertThat(assertTimeout(TIMEOUT, socket::closeCode)).isEqualTo(code);
        assertThat(assertTimeout(TIMEOUT, socket::isClosedByServer)).isTrue();
    }

    private RawWebSocket opened() {
        RawWebSocket socket = RawWebSocket.open(server.port());
        assertThat(socket.nextText()).startsWith("0{");
        return socket;
    }

    /** Records the messages, and replies with the length of each. */
    private final class Recorder implements EngineListener {
        private final EngineSession session;

        private Recorder(EngineSession session) {
            this.session = session;
        }

        @Override
        public void message(String text) {
            received.add(text);
            EncodedPacket answer = EncodedPacket.of("4" + (text.length() + 1));
            session.send(answer);
            answer.release();
        }

        @Override
        public void packetsDropped() {}

        @Override
        public void closed() {}
    }
}
